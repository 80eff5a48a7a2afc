import { hash } from "node:crypto";
import type { IamLoginRecord, IamUserRecord } from "../../storage/index.ts";
import type { PrincipalDirectory } from "../principals/index.ts";

/** The credentials of a sign-in. */
export type SignInProof =
  /** A digest of the stored password hash, which changes with the password. */
  | { readonly kind: "password"; readonly digest: string }
  | { readonly kind: "accessKey"; readonly accessKeyId: string };

export function passwordProof({ passwordHash }: IamLoginRecord): SignInProof {
  return { kind: "password", digest: hash("sha256", passwordHash, "base64url") };
}

/** Whether the credential of the sign-in is still valid. */
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
