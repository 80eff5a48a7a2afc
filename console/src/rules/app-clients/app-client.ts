import type {
  ExplicitAuthFlowsType,
  UpdateUserPoolClientCommandInput,
  UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import { DEFAULT_AUTH_FLOWS } from "../../../../src/user-pools/app-clients/flows.ts";
import {
  tokenValidity,
  type ValidityProblem,
  validityProblems,
} from "../../../../src/user-pools/app-clients/validity.ts";
import { isWholeNumber } from "../names.ts";

export type ApplicationType = "web" | "spa" | "mobile";

/** An app client can also be one of an application without users. */
export type ClientType = ApplicationType | "machine";

/** Only a server of one's own can keep a secret. */
export const hasSecretByDefault: Readonly<Record<ClientType, boolean>> = {
  web: true,
  spa: false,
  mobile: false,
  machine: true,
};

/** The flows that this server signs users in with, in the console's order. */
export const offeredFlows = [
  "ALLOW_USER_AUTH",
  "ALLOW_USER_PASSWORD_AUTH",
  "ALLOW_USER_SRP_AUTH",
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_CUSTOM_AUTH",
  "ALLOW_REFRESH_TOKEN_AUTH",
] as const satisfies readonly ExplicitAuthFlowsType[];

export const defaultFlows: readonly ExplicitAuthFlowsType[] = [
  "ALLOW_USER_SRP_AUTH",
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_REFRESH_TOKEN_AUTH",
];

export type Unit = "seconds" | "minutes" | "hours" | "days";

export const units: readonly Unit[] = ["seconds", "minutes", "hours", "days"];

export interface Lifetime {
  readonly value: string;
  readonly unit: Unit;
}

export interface Lifetimes {
  readonly access: Lifetime;
  readonly id: Lifetime;
  readonly refresh: Lifetime;
}

export const defaultLifetimes: Lifetimes = {
  access: { value: "60", unit: "minutes" },
  id: { value: "60", unit: "minutes" },
  refresh: { value: "5", unit: "days" },
};

export function lifetimeFault(lifetimes: Lifetimes, token: keyof Lifetimes): ValidityProblem | undefined {
  if (!isWholeNumber(lifetimes[token].value, 1, Number.MAX_SAFE_INTEGER)) return "outOfRange";
  return validityProblems(tokenValidity({ settings: lifetimeParameters(lifetimes) }))[token];
}

/** The lifetimes of a client; those that it does not set are the API's defaults. */
export function lifetimesOf(client: UserPoolClientType): Lifetimes {
  const { AccessToken, IdToken, RefreshToken } = client.TokenValidityUnits ?? {};
  const lifetime = (value: number | undefined, unit: Unit | undefined, fallback: Lifetime): Lifetime =>
    value ? { value: String(value), unit: unit ?? fallback.unit } : fallback;
  return {
    access: lifetime(client.AccessTokenValidity, AccessToken, { value: "1", unit: "hours" }),
    id: lifetime(client.IdTokenValidity, IdToken, { value: "1", unit: "hours" }),
    refresh: lifetime(client.RefreshTokenValidity, RefreshToken, { value: "30", unit: "days" }),
  };
}

export function lifetimeParameters({ access, id, refresh }: Lifetimes) {
  return {
    AccessTokenValidity: Number(access.value),
    IdTokenValidity: Number(id.value),
    RefreshTokenValidity: Number(refresh.value),
    TokenValidityUnits: { AccessToken: access.unit, IdToken: id.unit, RefreshToken: refresh.unit },
  };
}

/**
 * A complete UpdateUserPoolClient for a client with some settings changed, because omitted settings would be reset to
 * their defaults.
 */
export function clientUpdate(
  client: UserPoolClientType,
  changes: Partial<UpdateUserPoolClientCommandInput>,
): UpdateUserPoolClientCommandInput {
  const { ClientSecret: _secret, CreationDate: _created, LastModifiedDate: _modified, ...settings } = client;
  return {
    ...settings,
    UserPoolId: client.UserPoolId ?? "",
    ClientId: client.ClientId ?? "",
    ...changes,
  };
}

/** Named by the Developer Guide, "Scopes, M2M, and resource servers", and not by the SDK's types. */
export const CLIENT_TOKEN_FLOW = "ALLOW_CLIENT_TOKEN_AUTH" as ExplicitAuthFlowsType;

/** Whether a client gets tokens of its own by GetClientToken; it then has no flow of users. */
export function hasClientTokenFlow({ ExplicitAuthFlows }: UserPoolClientType): boolean {
  return ExplicitAuthFlows?.includes(CLIENT_TOKEN_FLOW) ?? false;
}

/** @see API Reference, "CreateUserPoolClient", ExplicitAuthFlows */
export function effectiveFlows({ ExplicitAuthFlows }: UserPoolClientType): readonly ExplicitAuthFlowsType[] {
  return ExplicitAuthFlows === undefined || ExplicitAuthFlows.length === 0
    ? DEFAULT_AUTH_FLOWS
    : ExplicitAuthFlows;
}
