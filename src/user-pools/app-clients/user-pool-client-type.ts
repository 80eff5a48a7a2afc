import type { UserPoolClientType } from "../../api-model/index.ts";
import type { AppClientRecord } from "../../storage/index.ts";

/** The client as the operations on it show it; of two secrets the older one. */
export function userPoolClientType(client: AppClientRecord): UserPoolClientType {
  return {
    UserPoolId: client.poolId,
    ClientName: client.name,
    ClientId: client.id,
    ClientSecret: client.secrets[0]?.value,
    LastModifiedDate: client.lastModifiedAt,
    CreationDate: client.createdAt,
    ...client.settings,
  };
}
