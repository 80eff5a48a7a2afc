/**
 * The operations on access keys of IAM users.
 */
import type { IamOperationTable } from "../../operation.ts";
import { createAccessKey } from "./create-access-key.ts";
import { deleteAccessKey } from "./delete-access-key.ts";
import { getAccessKeyLastUsed } from "./get-access-key-last-used.ts";
import { listAccessKeys } from "./list-access-keys.ts";
import { updateAccessKey } from "./update-access-key.ts";

export const accessKeyOperations = {
  CreateAccessKey: createAccessKey,
  DeleteAccessKey: deleteAccessKey,
  GetAccessKeyLastUsed: getAccessKeyLastUsed,
  ListAccessKeys: listAccessKeys,
  UpdateAccessKey: updateAccessKey,
} satisfies IamOperationTable;
