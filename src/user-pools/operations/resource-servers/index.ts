/** The operations on resource servers, whose scopes apps ask for in OAuth 2.0. */
import type { OperationTable } from "../../operation.ts";
import { createResourceServer } from "./create-resource-server.ts";
import { deleteResourceServer } from "./delete-resource-server.ts";
import { describeResourceServer } from "./describe-resource-server.ts";
import { listResourceServers } from "./list-resource-servers.ts";
import { updateResourceServer } from "./update-resource-server.ts";

export const resourceServerOperations = {
  CreateResourceServer: createResourceServer,
  DeleteResourceServer: deleteResourceServer,
  DescribeResourceServer: describeResourceServer,
  ListResourceServers: listResourceServers,
  UpdateResourceServer: updateResourceServer,
} satisfies Partial<OperationTable>;
