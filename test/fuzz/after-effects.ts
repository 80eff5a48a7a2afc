/** What must be true after a success: what was set is shown, what was deleted is gone, lists are complete. */
import type { OperationName } from "../../src/api-model/index.ts";
import type { Body, Json, Pool, World } from "./world.ts";

interface Shown {
  readonly operation: OperationName;
  readonly input: (input: Body) => Json;
  /** The part of the answer that shows what was set. */
  readonly of: (body: Body) => Body;
  /** Members of the input that are not shown as they were given. */
  readonly except?: readonly string[];
}

const pick =
  (...names: readonly string[]) =>
  (input: Body): Json =>
    Object.fromEntries(names.map((name) => [name, input[name]]));

const group: Shown = {
  operation: "GetGroup",
  input: pick("UserPoolId", "GroupName"),
  of: ({ Group }) => Group,
};
const server: Shown = {
  operation: "DescribeResourceServer",
  input: pick("UserPoolId", "Identifier"),
  of: ({ ResourceServer }) => ResourceServer,
};
const client: Shown = {
  operation: "DescribeUserPoolClient",
  input: pick("UserPoolId", "ClientId"),
  of: ({ UserPoolClient }) => UserPoolClient,
};
const provider: Shown = {
  operation: "DescribeIdentityProvider",
  input: pick("UserPoolId", "ProviderName"),
  of: ({ IdentityProvider }) => IdentityProvider,
  except: ["ProviderDetails"],
};
const terms: Shown = {
  operation: "DescribeTerms",
  input: pick("UserPoolId", "TermsId"),
  of: ({ Terms }) => Terms,
};
const branding: Shown = {
  operation: "DescribeManagedLoginBranding",
  input: pick("UserPoolId", "ManagedLoginBrandingId"),
  of: ({ ManagedLoginBranding }) => ManagedLoginBranding,
  except: ["Assets"],
};
const pool: Shown = {
  operation: "DescribeUserPool",
  input: pick("UserPoolId"),
  of: ({ UserPool }) => ({ ...UserPool, PoolName: UserPool?.Name }),
  except: ["AdminCreateUserConfig", "MfaConfiguration", "EmailConfiguration"],
};

const SHOWN: Readonly<Partial<Record<OperationName, Shown>>> = {
  CreateGroup: group,
  UpdateGroup: group,
  CreateResourceServer: server,
  UpdateResourceServer: server,
  UpdateUserPoolClient: client,
  CreateIdentityProvider: provider,
  UpdateIdentityProvider: provider,
  UpdateTerms: terms,
  UpdateManagedLoginBranding: branding,
  UpdateUserPool: pool,
  SetUserPoolMfaConfig: { operation: "GetUserPoolMfaConfig", input: pick("UserPoolId"), of: (body) => body },
  SetRiskConfiguration: {
    operation: "DescribeRiskConfiguration",
    input: pick("UserPoolId", "ClientId"),
    of: ({ RiskConfiguration }) => RiskConfiguration,
  },
  SetLogDeliveryConfiguration: {
    operation: "GetLogDeliveryConfiguration",
    input: pick("UserPoolId"),
    of: ({ LogDeliveryConfiguration }) => LogDeliveryConfiguration,
  },
  SetUICustomization: {
    operation: "GetUICustomization",
    input: pick("UserPoolId", "ClientId"),
    of: ({ UICustomization }) => UICustomization,
    except: ["ImageFile"],
  },
  SetUserPoolSessionConfiguration: {
    operation: "GetUserPoolSessionConfiguration",
    input: pick("UserPoolId"),
    of: (body) => body,
  },
  SetUserPoolClientSessionConfiguration: {
    operation: "GetUserPoolClientSessionConfiguration",
    input: pick("UserPoolId", "ClientId"),
    of: (body) => body,
  },
  AdminUpdateUserAttributes: {
    operation: "AdminGetUser",
    input: pick("UserPoolId", "Username"),
    of: (body) => ({ ...body }),
    except: ["ClientMetadata", "Username"],
  },
  TagResource: { operation: "ListTagsForResource", input: pick("ResourceArn"), of: (body) => body },
};

const NO_RESOURCE = "ResourceNotFoundException";
const gone = (operation: OperationName, ...names: readonly string[]) => ({
  operation,
  input: pick(...names),
  error: NO_RESOURCE,
});
const noUser = {
  operation: "AdminGetUser",
  input: pick("UserPoolId", "Username"),
  error: "UserNotFoundException",
} as const;

/** What a deleted thing is answered with. */
const GONE: Readonly<
  Partial<Record<OperationName, { operation: OperationName; input: (input: Body) => Json; error: string }>>
> = {
  DeleteUserPool: gone("DescribeUserPool", "UserPoolId"),
  DeleteUserPoolClient: gone("DescribeUserPoolClient", "UserPoolId", "ClientId"),
  DeleteGroup: gone("GetGroup", "UserPoolId", "GroupName"),
  DeleteResourceServer: gone("DescribeResourceServer", "UserPoolId", "Identifier"),
  DeleteIdentityProvider: gone("DescribeIdentityProvider", "UserPoolId", "ProviderName"),
  DeleteManagedLoginBranding: gone("DescribeManagedLoginBranding", "UserPoolId", "ManagedLoginBrandingId"),
  DeleteTerms: gone("DescribeTerms", "UserPoolId", "TermsId"),
  AdminDeleteUser: noUser,
  AdminForgetDevice: gone("AdminGetDevice", "UserPoolId", "Username", "DeviceKey"),
};

/** Members that say which thing is meant. */
const NAMES: ReadonlySet<string> = new Set([
  ...["UserPoolId", "ClientId", "Username", "GroupName", "ResourceArn", "Identifier", "ProviderName"],
  ...["TermsId", "ManagedLoginBrandingId"],
]);
/** Members that mutations add, and the API does not know. */
const UNKNOWN: ReadonlySet<string> = new Set(["__proto__", "constructor", "toString", "Unknown", ""]);

/** @returns what is not as it must be */
export async function problemsAfter(operation: OperationName, input: Json, world: World): Promise<string[]> {
  const after = GONE[operation];
  if (after !== undefined) {
    const { body } = await world.send(after.operation, after.input(input));
    return body.__type === after.error
      ? []
      : [`${after.operation} after ${operation}: ${JSON.stringify(body).slice(0, 200)}`];
  }
  const shown = SHOWN[operation];
  if (shown === undefined) return [];
  const { status, body } = await world.send(shown.operation, shown.input(input));
  if (status !== 200) return [`${shown.operation} after ${operation}: ${JSON.stringify(body)}`];
  const { except = [] } = shown;
  // An attribute without a value is deleted.
  const isDeletion = (value: unknown) =>
    operation === "AdminUpdateUserAttributes" && Array.isArray(value) && value.some((one) => !one?.Value);
  const given = Object.fromEntries(
    Object.entries(input).filter(
      ([name, value]) => !except.includes(name) && !isDeletion(value) && !NAMES.has(name),
    ),
  );
  return differences(given, shown.of(body), operation);
}

/** Where what is shown lacks something of what was given; lists may be in any order. */
function differences(given: unknown, shown: unknown, path: string): string[] {
  if (given === null || given === undefined) return [];
  if (Array.isArray(given)) {
    const missing = given.filter(
      (element) =>
        !(Array.isArray(shown) && shown.some((other) => differences(element, other, path).length === 0)),
    );
    return given.length > 0 && missing.length > 0
      ? [`${path}: ${JSON.stringify(missing)} is not in ${JSON.stringify(shown)}`]
      : [];
  }
  if (typeof given === "object") {
    return Object.entries(given).flatMap(([name, value]) =>
      UNKNOWN.has(name) ? [] : differences(value, (shown as Body)?.[name], `${path}.${name}`),
    );
  }
  return given === shown ? [] : [`${path}: ${JSON.stringify(given)} is shown as ${JSON.stringify(shown)}`];
}

interface List {
  readonly operation: OperationName;
  readonly items: string;
  readonly id: (item: Body) => string;
  /** The names of the page size and of the token. */
  readonly size: string;
  readonly token: "NextToken" | "PaginationToken";
  /** What must be in it; undefined where only duplicates are looked for. */
  readonly known?: (pool: Pool) => Iterable<string>;
  /** The largest page, where that is not 60. */
  readonly largest?: number;
}

const LISTS: readonly List[] = [
  {
    operation: "ListUsers",
    items: "Users",
    id: ({ Username }) => Username,
    size: "Limit",
    token: "PaginationToken",
    known: ({ users }) => users.map(({ username }) => username),
  },
  {
    operation: "ListGroups",
    items: "Groups",
    id: ({ GroupName }) => GroupName,
    size: "Limit",
    token: "NextToken",
    known: ({ groups }) => groups,
  },
  {
    operation: "ListUserPoolClients",
    items: "UserPoolClients",
    id: ({ ClientId }) => ClientId,
    size: "MaxResults",
    token: "NextToken",
    known: ({ clients }) => clients.map(({ id }) => id),
  },
  {
    operation: "ListIdentityProviders",
    items: "Providers",
    id: ({ ProviderName }) => ProviderName,
    size: "MaxResults",
    token: "NextToken",
    known: ({ providers }) => providers,
  },
  {
    operation: "ListResourceServers",
    items: "ResourceServers",
    id: ({ Identifier }) => Identifier,
    size: "MaxResults",
    largest: 50,
    token: "NextToken",
    known: ({ resourceServers }) => resourceServers,
  },
  {
    operation: "ListTerms",
    items: "Terms",
    id: ({ TermsId }) => TermsId,
    size: "MaxResults",
    token: "NextToken",
    known: ({ terms }) => terms.keys(),
  },
  {
    operation: "ListUserImportJobs",
    items: "UserImportJobs",
    id: ({ JobId }) => JobId,
    size: "MaxResults",
    token: "PaginationToken",
    known: ({ jobs }) => jobs.keys(),
  },
];

/** Goes through every list of a pool in pages of a random size. @returns what is missing or double */
export async function listProblems(pool: Pool, world: World): Promise<string[]> {
  const problems: string[] = [];
  for (const { operation, items, id, size, token, known, largest = 60 } of LISTS) {
    const limit = world.random.pick([1, 2, 3, 7, largest]);
    const seen: string[] = [];
    let after: string | undefined;
    // An import may have added thousands of users; small pages would take long.
    const step = operation === "ListUsers" ? largest : limit;
    do {
      const { status, body } = await world.send(operation, {
        UserPoolId: pool.id,
        [size]: step,
        ...(after && { [token]: after }),
      });
      if (status !== 200) {
        problems.push(`${operation}: ${JSON.stringify(body)}`);
        break;
      }
      seen.push(...body[items].map(id));
      after = body[token];
    } while (after !== undefined);
    if (new Set(seen).size !== seen.length) problems.push(`${operation} names something twice`);
    const missing = [...(known?.(pool) ?? [])].filter((name) => !seen.includes(name));
    if (missing.length > 0) problems.push(`${operation} of ${pool.id} lacks ${missing}`);
    if (operation !== "ListUsers" && known && new Set(known(pool)).size !== seen.length) {
      problems.push(`${operation} of ${pool.id} names what is gone: ${seen} for ${[...known(pool)]}`);
    }
  }
  return problems;
}
