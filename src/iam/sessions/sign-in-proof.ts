import { hash } from "node:crypto";
import type { IamLoginRecord, IamUserRecord } from "../../storage/index.ts";
import type { PrincipalDirectory } from "../principals/index.ts";

/** The credentials of a sign-in. */
export type SignInProof =
  /** A digest of what is kept of the password, which another password changes. */
  | { readonly kind: "password"; readonly digest: string }
  | { readonly kind: "accessKey"; readonly accessKeyId: string };

export function passwordProof({ passwordHash }: IamLoginRecord): SignInProof {
  return { kind: "password", digest: hash("sha256", passwordHash, "base64url") };
}

/** Whether the user still has what they signed in with. */
export async function isStillGood(
  proof: SignInProof,
  { login, name, accountId }: IamUserRecord,
  directory: PrincipalDirectory,
): Promise<boolean> {
  if (proof.kind === "password") {
    const now = login && passwordProof(login);
    return now?.kind === "password" && now.digest === proof.digest;
  }
  const key = await directory.accessKey(proof.accessKeyId);
  return key?.status === "Active" && key.accountId === accountId && key.userName === name;
}
