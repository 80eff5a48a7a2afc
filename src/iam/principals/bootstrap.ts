/**
 * The first principals of a new installation: an administrator with one access key, and a role for user pools alone,
 * which the administrator can assume.
 */
import type { AccessKeyRecord, IamRepositories, IamRoleRecord, IamUserRecord } from "../../storage/index.ts";
import type { IamEnvironment } from "../environment.ts";
import { newAccessKeyId, newSecretAccessKey, newUniqueId, roleArn, userArn } from "../identifiers.ts";

/** A user and not the account's root, because root may not assume roles. */
export const BOOTSTRAP_USER = "cognate";
export const BOOTSTRAP_ROLE = "cognate-power-user";

/** The content of the files for AWS clients; see {@link renderCredentialsFile} and {@link renderConfigFile}. */
export interface Bootstrap {
  readonly roleArn: string;
  /** Undefined when the bootstrap user or all of its keys have been deleted: another principal administers the account by now. */
  readonly accessKey: { readonly id: string; readonly secret: string } | undefined;
}

/**
 * Creates the first principals in an account that has no user. Later calls change nothing: a deleted bootstrap user is not
 * created again.
 *
 * @see Keycloak, "Bootstrapping and recovering an admin account", for the same rule
 */
export async function ensureBootstrap(
  environment: Pick<IamEnvironment, "store" | "directory" | "accountId" | "clock" | "random">,
): Promise<Bootstrap> {
  const { store, accountId } = environment;
  // Almost every start finds them, and then writes nothing.
  const present = await presentKey(store.iam, accountId);
  const key = present ? present.key : await create(environment);
  return {
    roleArn: roleArn(accountId, "/", BOOTSTRAP_ROLE),
    accessKey: key && { id: key.id, secret: key.secret },
  };
}

/** Creates them, unless another node has done so meanwhile. @returns the key of the user */
async function create({
  directory,
  accountId,
  clock,
  random,
}: Pick<IamEnvironment, "directory" | "accountId" | "clock" | "random">): Promise<
  AccessKeyRecord | undefined
> {
  const createdAt = clock.now();
  const base = { accountId, path: "/", tags: {}, createdAt, inlinePolicies: {} };
  const user: IamUserRecord = {
    ...base,
    name: BOOTSTRAP_USER,
    uniqueId: newUniqueId("AIDA", random),
    attachedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
  };
  const trusted = userArn(accountId, user.path, user.name);
  const role: IamRoleRecord = {
    ...base,
    name: BOOTSTRAP_ROLE,
    uniqueId: newUniqueId("AROA", random),
    attachedPolicyArns: ["arn:aws:iam::aws:policy/AmazonCognitoPowerUser"],
    description: "Works with Amazon Cognito resources, and with nothing else.",
    maxSessionSeconds: 12 * 60 * 60,
    trustPolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: trusted }, Action: "sts:AssumeRole" }],
    }),
    trustedIds: { [trusted]: user.uniqueId },
  };
  const key: AccessKeyRecord = {
    accountId,
    userName: user.name,
    id: newAccessKeyId("AKIA", random),
    secret: newSecretAccessKey(random),
    status: "Active",
    createdAt,
  };
  return directory.change(async (iam) => {
    const present = await presentKey(iam, accountId);
    if (present) return present.key;
    await iam.users.insert(user);
    await iam.accessKeys.insert(key);
    if (!(await iam.roles.get(accountId, role.name))) await iam.roles.insert(role);
    return key;
  });
}

/** The bootstrap user's oldest active key; undefined in an account without any user. */
async function presentKey(
  iam: IamRepositories,
  accountId: string,
): Promise<{ key: AccessKeyRecord | undefined } | undefined> {
  const { items } = await iam.users.list(accountId, "/", { limit: 1 });
  if (items.length === 0) return undefined;
  const keys = await iam.accessKeys.listOfUser(accountId, BOOTSTRAP_USER);
  const active = keys.filter(({ status }) => status === "Active");
  return { key: active.toSorted((a, b) => a.createdAt - b.createdAt)[0] };
}
