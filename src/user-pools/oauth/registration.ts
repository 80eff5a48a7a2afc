/**
 * Clients that register themselves, where a pool's `DcrConfiguration` lets them.
 *
 * @see Developer Guide, "Dynamic client registration"; RFC 7591
 */
import * as z from "zod";
import type { CreateUserPoolClientRequest } from "../../api-model/index.ts";
import { ServiceException } from "../../api-model/index.ts";
import { holdsAtMost } from "../../json.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import { MAX_PROVIDERS } from "../identity-providers/index.ts";
import type { OperationContext } from "../operation.ts";
import { makeAppClient } from "../operations/app-clients/index.ts";
import { OPENID_SCOPES, REGISTRATION_SCOPE } from "../resource-servers/index.ts";

/** A refusal of RFC 7591 §3.2.2. */
export class RegistrationRefused extends Error {
  readonly code: "invalid_redirect_uri" | "invalid_client_metadata" | "invalid_software_statement";

  constructor(code: RegistrationRefused["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Characters of a name that are looked at: the first 128 of them that an app client's name can have are kept. */
const MAX_NAME_READ = 1024;

/** Of the metadata, those included that are not read. */
const MAX_VALUES = 1000;

/** As the API takes a callback URL: API Reference, "CreateUserPoolClient", CallbackURLs. */
const redirectUri = z
  .string()
  .max(1024)
  .regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u, "it is not a URI");

const metadata = z.object({
  redirect_uris: z.array(redirectUri).max(100).default([]),
  grant_types: z.array(z.string()).default(["authorization_code"]),
  response_types: z.array(z.string()).default(["code"]),
  token_endpoint_auth_method: z
    .enum(["client_secret_basic", "client_secret_post", "none"])
    .default("client_secret_basic"),
  scope: z.string().optional(),
  client_name: z.string().min(1).default("Registered client"),
  software_statement: z.unknown().optional(),
});

/** Whether registration is open or needs a token; undefined if the pool has none. */
export function registrationOf({ settings }: UserPoolRecord): { readonly isOpen: boolean } | undefined {
  const { DcrConfiguration } = settings;
  if (DcrConfiguration === undefined || DcrConfiguration.EnableStatus === "Disabled") return undefined;
  return { isOpen: DcrConfiguration.OpenDcrEnabled === true };
}

/**
 * Makes an app client from the metadata that it sends of itself.
 *
 * @param isOpen whether it came without a token
 * @returns the answer of RFC 7591 §3.2.1
 * @throws RegistrationRefused
 */
export async function registerClient(
  pool: UserPoolRecord,
  body: unknown,
  isOpen: boolean,
  context: OperationContext,
): Promise<object> {
  if (!holdsAtMost(MAX_VALUES, body)) throw refused("The metadata has too many values.");
  const read = metadata.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    const path = issue?.path ?? [];
    const code = path[0] === "redirect_uris" ? "invalid_redirect_uri" : "invalid_client_metadata";
    throw new RegistrationRefused(code, `${path.join(".") || "The metadata"}: ${issue?.message}`);
  }
  const asked = read.data;
  if (asked.software_statement !== undefined) {
    throw new RegistrationRefused("invalid_software_statement", "Software statements are not supported.");
  }
  const isMachine = asked.grant_types.includes("client_credentials");
  const flow = isMachine ? "client_credentials" : "code";
  checkGrantTypes(pool, asked.grant_types, flow, isOpen);
  if (!isMachine && asked.redirect_uris.length === 0) {
    throw new RegistrationRefused("invalid_redirect_uri", "redirect_uris is missing.");
  }
  const input: CreateUserPoolClientRequest = {
    UserPoolId: pool.id,
    ClientName:
      asked.client_name
        .slice(0, MAX_NAME_READ)
        .replace(/[^\w\s+=,.@-]/g, "")
        .slice(0, 128)
        .trim() || "Registered client",
    GenerateSecret: asked.token_endpoint_auth_method !== "none",
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: [flow],
    AllowedOAuthScopes: scopesOf(pool, asked.scope, isMachine),
    ...(isMachine
      ? {}
      : {
          CallbackURLs: asked.redirect_uris,
          SupportedIdentityProviders: ["COGNITO", ...(await providerNames(pool.id, context))],
        }),
    PreventUserExistenceErrors: "ENABLED",
  };
  const { UserPoolClient: made } = await makeAppClient(input, context, { ClientType: "DCR" }).catch(
    refusalFor(asked.redirect_uris),
  );
  return {
    client_id: made?.ClientId,
    client_id_issued_at: Math.floor(context.clock.now() / 1000),
    ...(made?.ClientSecret === undefined
      ? {}
      : { client_secret: made.ClientSecret, client_secret_expires_at: 0 }),
    client_name: made?.ClientName,
    redirect_uris: isMachine ? [] : asked.redirect_uris,
    grant_types: isMachine ? ["client_credentials"] : ["authorization_code", "refresh_token"],
    response_types: isMachine ? [] : ["code"],
    token_endpoint_auth_method: asked.token_endpoint_auth_method,
    scope: made?.AllowedOAuthScopes?.join(" "),
  };
}

async function providerNames(poolId: string, { store }: OperationContext): Promise<readonly string[]> {
  const { items } = await store.identityProviders.list(poolId, { limit: MAX_PROVIDERS });
  return items.map(({ name }) => name);
}

function checkGrantTypes(
  { settings }: UserPoolRecord,
  asked: readonly string[],
  flow: "code" | "client_credentials",
  isOpen: boolean,
): void {
  const known = ["authorization_code", "refresh_token", "client_credentials"];
  if (asked.some((grant) => !known.includes(grant)))
    throw refused("grant_types has one that is not supported.");
  if (asked.includes("authorization_code") && asked.includes("client_credentials")) {
    throw refused("authorization_code and client_credentials need clients of their own.");
  }
  const { OpenDcrGrantTypes = ["code"], AuthenticatedGrantTypes = ["code", "client_credentials"] } =
    settings.DcrConfiguration ?? {};
  if (!(isOpen ? OpenDcrGrantTypes : AuthenticatedGrantTypes).includes(flow)) {
    throw refused("grant_types has one that this pool does not let clients register for.");
  }
}

function scopesOf({ settings }: UserPoolRecord, asked: string | undefined, isMachine: boolean): string[] {
  const more = (settings.DcrConfiguration?.AllowedScopes ?? []).filter(
    (scope) => scope !== REGISTRATION_SCOPE,
  );
  const allowed = isMachine ? more : [...OPENID_SCOPES, ...more];
  const scopes = asked?.split(" ").filter((scope) => scope !== "") ?? (isMachine ? more : [...OPENID_SCOPES]);
  const other = scopes.find((scope) => !allowed.includes(scope));
  if (other !== undefined)
    throw refused(`scope has ${other}, which this pool does not let clients register for.`);
  return [...new Set(scopes)];
}

function refused(message: string): RegistrationRefused {
  return new RegistrationRefused("invalid_client_metadata", message);
}

/** A refusal of CreateUserPoolClient is about a redirect URI, which it then names, or about another member. */
function refusalFor(uris: readonly string[]): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof ServiceException)) throw error;
    const message = error.message.trimEnd();
    const isUri = uris.some((uri) => message.includes(uri));
    throw new RegistrationRefused(isUri ? "invalid_redirect_uri" : "invalid_client_metadata", message, {
      cause: error,
    });
  };
}
