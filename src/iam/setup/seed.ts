/**
 * Principals that a seed file declares. Missing ones are created and existing ones are updated. Principals that the
 * file does not mention are kept.
 */
import type { IamIdentityRecord, IamRepositories, IamUserRecord } from "../../storage/index.ts";
import type { IamEnvironment } from "../environment.ts";
import { NoSuchEntityException } from "../errors.ts";
import { newUniqueId, policyArn } from "../identifiers.ts";
import { hashPassword, isLoginPassword } from "../logins/index.ts";
import {
  checkedPolicy,
  checkInlineSize,
  checkManagedPolicy,
  type HolderKind,
  readTrustPolicy,
} from "../policies/index.ts";
import { awsManagedPolicies } from "../policy-language/index.ts";
import { policyExists } from "../principals/index.ts";
import { QUOTAS } from "../quotas.ts";

interface SeededPolicies {
  /** ARNs of managed policies, or names of AWS's own and of the account's. */
  readonly policies: readonly string[];
  /** Document texts by policy name. */
  readonly inlinePolicies: Readonly<Record<string, string>>;
}

/** The IAM part of a seed file. */
interface PrincipalSeed {
  readonly policies: readonly { readonly name: string; readonly document: string }[];
  readonly users: readonly (SeededPolicies & {
    readonly name: string;
    readonly accessKeys: readonly { readonly id: string; readonly secret: string }[];
    /** For the console. */
    readonly password?: string | undefined;
  })[];
  readonly roles: readonly (SeededPolicies & { readonly name: string; readonly trustPolicy: string })[];
}

type SeedEnvironment = Pick<
  IamEnvironment,
  "store" | "directory" | "accountId" | "clock" | "random" | "passwordHashCost"
>;

/**
 * Applies a seed. Repeating it changes nothing.
 *
 * @throws MalformedPolicyDocumentException a policy is invalid
 * @throws NoSuchEntityException a named policy does not exist
 * @throws LimitExceededException a policy is too long
 */
export async function seedPrincipals(seed: PrincipalSeed, environment: SeedEnvironment): Promise<void> {
  const { directory, store, accountId, random } = environment;
  const logins = new Map<string, IamUserRecord["login"]>();
  for (const { name, password } of seed.users) {
    if (password === undefined) continue;
    const present = (await store.iam.users.get(accountId, name))?.login;
    // Hashing takes long, and a transaction must not wait for anything else.
    const login = await loginWith(password, present, environment);
    logins.set(name, login);
  }
  const fresh = { accountId, path: "/", tags: {}, createdAt: environment.clock.now() };

  await directory.change(async (iam) => {
    for (const { name, document } of seed.policies) {
      checkManagedPolicy(document);
      await seedPolicy(name, document, iam, { ...fresh, uniqueId: newUniqueId("ANPA", random) });
    }
    // Roles can trust users, so users come first.
    for (const user of seed.users) {
      const policies = await policiesOf(user, "user", accountId, iam);
      const change = { ...policies, ...(logins.has(user.name) ? { login: logins.get(user.name) } : {}) };
      const known = await iam.users.update(accountId, user.name, (current) => ({ ...current, ...change }));
      if (!known) {
        await iam.users.insert({
          ...fresh,
          name: user.name,
          uniqueId: newUniqueId("AIDA", random),
          ...change,
        });
      }
      for (const key of user.accessKeys) {
        const record = { ...key, accountId, userName: user.name, status: "Active" } as const;
        const present = await iam.accessKeys.update(key.id, (current) => ({ ...current, ...record }));
        if (!present) await iam.accessKeys.insert({ ...record, createdAt: fresh.createdAt });
      }
    }
    for (const role of seed.roles) {
      const change = {
        ...(await policiesOf(role, "role", accountId, iam)),
        ...(await readTrustPolicy(role.trustPolicy, accountId, iam)),
      };
      const known = await iam.roles.update(accountId, role.name, (current) => ({ ...current, ...change }));
      if (!known) {
        const uniqueId = newUniqueId("AROA", random);
        await iam.roles.insert({ ...fresh, name: role.name, uniqueId, maxSessionSeconds: 3600, ...change });
      }
    }
  });
}

async function loginWith(
  password: string,
  present: IamUserRecord["login"],
  environment: SeedEnvironment,
): Promise<IamUserRecord["login"]> {
  if (present && (await isLoginPassword(password, present.passwordHash))) return present;
  return {
    passwordHash: await hashPassword(password, environment),
    createdAt: environment.clock.now(),
    passwordResetRequired: false,
  };
}

async function seedPolicy(
  name: string,
  document: string,
  iam: IamRepositories,
  fresh: {
    accountId: string;
    path: string;
    tags: Record<string, string>;
    createdAt: number;
    uniqueId: string;
  },
): Promise<void> {
  const version = { document, createdAt: fresh.createdAt };
  const known = await iam.policies.update(fresh.accountId, name, (policy) => {
    const current = policy.versions.find(({ id }) => id === policy.defaultVersionId);
    if (current?.document === document) return policy;
    const lastVersionNumber = policy.lastVersionNumber + 1;
    const id = `v${lastVersionNumber}`;
    const kept = policy.versions.slice(1 - QUOTAS.VersionsPerPolicyQuota);
    const versions = [...kept, { ...version, id }];
    return { ...policy, versions, lastVersionNumber, defaultVersionId: id, updatedAt: fresh.createdAt };
  });
  if (known) return;
  await iam.policies.insert({
    ...fresh,
    name,
    updatedAt: fresh.createdAt,
    versions: [{ ...version, id: "v1" }],
    defaultVersionId: "v1",
    lastVersionNumber: 1,
  });
}

async function policiesOf(
  { name, policies, inlinePolicies }: SeededPolicies & { readonly name: string },
  kind: HolderKind,
  accountId: string,
  iam: IamRepositories,
): Promise<Pick<IamIdentityRecord, "attachedPolicyArns" | "inlinePolicies">> {
  for (const document of Object.values(inlinePolicies)) checkedPolicy(document, "identity");
  checkInlineSize(inlinePolicies, name, kind);
  const attachedPolicyArns: string[] = [];
  for (const policy of policies) {
    const ofAws = awsManagedPolicies().find(({ name }) => name === policy);
    const arn = policy.startsWith("arn:") ? policy : (ofAws?.arn ?? policyArn(accountId, "/", policy));
    if (!(await policyExists(iam, accountId, arn))) {
      throw new NoSuchEntityException(`Policy ${arn} does not exist or is not attachable.`);
    }
    attachedPolicyArns.push(arn);
  }
  return { attachedPolicyArns, inlinePolicies };
}
