import { readJwt } from "../crypto/index.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { UserPoolRecord } from "../storage/index.ts";
import { aroundEach, type OperationContext, type OperationTable } from "./operation.ts";
import { findUser } from "./users/index.ts";

/** Tells which user a request is about. */
type NoteUser = (requestId: string, sub: string) => void;

/**
 * The operations, each of which tells which user it is about: also one that fails, and one that deletes the user. A user who is named
 * only by a token counts if the operation succeeds, because a token that is refused can name anybody.
 */
export function withSubjects(table: OperationTable, note: NoteUser): OperationTable {
  return aroundEach(table, (operate) => async (input, context) => {
    const named = (await subOfNamed(input, context)) ?? (await subOfIdentity(input, context));
    if (named !== undefined) note(context.request.requestId, named);
    const output = await operate(input, context);
    const sub = named ?? subOfOutput(output) ?? subOfToken(input.AccessToken);
    if (sub !== undefined) note(context.request.requestId, sub);
    return output;
  });
}

/** Of the user whom the input names by username, alias or `sub`. */
async function subOfNamed(input: JsonObject, { store }: OperationContext): Promise<string | undefined> {
  const name = nameIn(input);
  if (name === undefined) return undefined;
  const pool = await poolOf(input, store);
  return pool && (await findUser(store, pool, name))?.sub;
}

/** Of the user from whom AdminDisableProviderForUser takes an identity. */
async function subOfIdentity(
  { UserPoolId, User }: JsonObject,
  { store }: OperationContext,
): Promise<string | undefined> {
  if (typeof UserPoolId !== "string" || !isJsonObject(User)) return undefined;
  const {
    ProviderName: providerName,
    ProviderAttributeName: attributeName,
    ProviderAttributeValue: attributeValue,
  } = User;
  if (typeof providerName !== "string" || typeof attributeName !== "string") return undefined;
  if (typeof attributeValue !== "string") return undefined;
  const key = { providerName, attributeName, attributeValue };
  return (await store.linkedIdentities.find(UserPoolId, key))?.sub;
}

function nameIn({
  Username,
  AuthParameters,
  ChallengeResponses,
  DestinationUser,
  User,
}: JsonObject): string | undefined {
  const names = [
    Username,
    isJsonObject(AuthParameters) && AuthParameters.USERNAME,
    isJsonObject(ChallengeResponses) && ChallengeResponses.USERNAME,
    isJsonObject(DestinationUser) && DestinationUser.ProviderAttributeValue,
    isJsonObject(User) && User.ProviderName === "Cognito" && User.ProviderAttributeValue,
  ];
  return names.find((name) => typeof name === "string");
}

async function poolOf(
  { UserPoolId, ClientId }: JsonObject,
  { pools, clients }: OperationContext["store"],
): Promise<UserPoolRecord | undefined> {
  if (typeof UserPoolId === "string") return pools.get(UserPoolId);
  const client = typeof ClientId === "string" ? await clients.get(ClientId) : undefined;
  return client && pools.get(client.poolId);
}

function subOfOutput(output: unknown): string | undefined {
  if (!isJsonObject(output)) return undefined;
  const { UserSub, User, UserAttributes, AuthenticationResult } = output;
  if (typeof UserSub === "string") return UserSub;
  const attributes = isJsonObject(User) ? User.Attributes : UserAttributes;
  const ofAttributes = Array.isArray(attributes) && attributes.find(({ Name }) => Name === "sub")?.Value;
  if (typeof ofAttributes === "string") return ofAttributes;
  return isJsonObject(AuthenticationResult) ? subOfToken(AuthenticationResult.AccessToken) : undefined;
}

function subOfToken(token: unknown): string | undefined {
  const sub = typeof token === "string" ? readJwt(token)?.claims.sub : undefined;
  return typeof sub === "string" ? sub : undefined;
}
