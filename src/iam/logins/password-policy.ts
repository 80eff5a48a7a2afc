/**
 * The password policy for the IAM users of an account: its own, or IAM's default.
 *
 * @see IAM User Guide, "Set an account password policy for IAM users"
 */
import type { Store } from "../../storage/index.ts";
import type { Iam } from "../api-model/index.ts";
import { PasswordPolicyViolationException } from "../errors.ts";
import { awsManagedPolicy, compilePolicy } from "../policy-language/index.ts";
import type { Caller } from "../principals/index.ts";

export type PasswordPolicy = Omit<Iam.UpdateAccountPasswordPolicyRequest, "MinimumPasswordLength"> & {
  readonly MinimumPasswordLength: number;
};

interface Account {
  readonly store: Store;
  readonly accountId: string;
}

/** @returns undefined if the account has no policy, and IAM's default applies */
export async function passwordPolicyOf({ store, accountId }: Account): Promise<PasswordPolicy | undefined> {
  const text = await store.installation.get(nameOf(accountId));
  // A deleted policy is stored as an empty text.
  return text === undefined || text === "" ? undefined : (JSON.parse(text) as PasswordPolicy);
}

/** Sets or removes the account's own password policy. */
export async function setPasswordPolicy(
  { store, accountId }: Account,
  policy: PasswordPolicy | undefined,
): Promise<void> {
  await store.installation.set(nameOf(accountId), policy === undefined ? "" : JSON.stringify(policy));
}

function nameOf(accountId: string): string {
  return `iam-password-policy-${accountId}`;
}

/** IAM's default policy: eight characters, and three of the four character types. */
const DEFAULT_LENGTH = 8;
const DEFAULT_KINDS = 3;

type Kind = "Uppercase" | "Lowercase" | "Numbers" | "Symbols";

const KINDS: Readonly<Record<Kind, { readonly characters: RegExp; readonly demand: string }>> = {
  Uppercase: { characters: /[A-Z]/, demand: "Password should have at least one uppercase letter" },
  Lowercase: { characters: /[a-z]/, demand: "Password should have at least one lowercase letter" },
  Numbers: { characters: /[0-9]/, demand: "Password should have at least one number" },
  Symbols: {
    characters: /[!@#$%^&*()_+\-=[\]{}|']/,
    demand: "Password should have at least one symbol",
  },
};

/**
 * Checks a new password against the account's policy.
 *
 * The texts for the default policy were observed in AWS's errors; those for an account's own policy are derived from them.
 *
 * @param policy of the account's own, if it has one
 * @throws PasswordPolicyViolationException
 */
export function checkNewPassword(password: string, policy: PasswordPolicy | undefined): void {
  const length = policy?.MinimumPasswordLength ?? DEFAULT_LENGTH;
  if (password.length < length)
    throw new PasswordPolicyViolationException(`Password should have a minimum length of ${length}`);
  const wanted = (Object.keys(KINDS) as Kind[]).filter(
    (kind) => policy === undefined || requiresKind(policy, kind),
  );
  const unmet = wanted.filter((kind) => !KINDS[kind].characters.test(password));
  const demands = unmet.map((kind) => KINDS[kind].demand).join(", ");
  if (policy !== undefined) {
    if (unmet.length > 0) throw new PasswordPolicyViolationException(demands);
    return;
  }
  const more = unmet.length - (wanted.length - DEFAULT_KINDS);
  if (more > 0) {
    throw new PasswordPolicyViolationException(
      `Password should meet ${more} more of the following requirements: ${demands}`,
    );
  }
}

function requiresKind(policy: PasswordPolicy, kind: Kind): boolean {
  switch (kind) {
    case "Uppercase":
      return policy.RequireUppercaseCharacters ?? false;
    case "Lowercase":
      return policy.RequireLowercaseCharacters ?? false;
    case "Numbers":
      return policy.RequireNumbers ?? false;
    case "Symbols":
      return policy.RequireSymbols ?? false;
  }
}

const CHANGE_OWN_PASSWORD = "arn:aws:iam::aws:policy/IAMUserChangePassword";

/**
 * The caller with the permissions that the account's password policy gives to all its users: to change their own password, and to
 * read the policy. A Deny, a permissions boundary and a session policy bound these as they do others.
 */
export async function withRightsToOwnPassword(caller: Caller, account: Account): Promise<Caller> {
  const policy = caller.kind === "user" ? await passwordPolicyOf(account) : undefined;
  if (!policy?.AllowUsersToChangePassword) return caller;
  const document = awsManagedPolicy(CHANGE_OWN_PASSWORD)?.document ?? "";
  const grant = { id: CHANGE_OWN_PASSWORD, policy: compilePolicy(document, "identity") };
  const { policies } = caller;
  return { ...caller, policies: { ...policies, identity: [...policies.identity, grant] } };
}
