import type { IamOperation } from "../../operation.ts";

/** The account has no aliases; consoles and deployment tools ask for them. */
export const listAccountAliases: IamOperation<"ListAccountAliases"> = async () => ({
  AccountAliases: [],
  IsTruncated: false,
});
