/** The form "Edit app client" and what it puts into UpdateUserPoolClient. */
import type {
  ExplicitAuthFlowsType,
  UpdateUserPoolClientCommandInput,
  UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import { mergeChanges } from "../differing.ts";
import { inOrder } from "../in-order.ts";
import {
  effectiveFlows,
  type Lifetimes,
  lifetimeParameters,
  lifetimesOf,
  offeredFlows,
} from "./app-client.ts";

/** In minutes: how long a challenge may wait for its answer, and how long it does by itself. */
export const SESSION_MINUTES = { least: 3, most: 15, usual: 3 } as const;

export interface ClientValues extends Lifetimes {
  readonly name: string;
  readonly flows: readonly ExplicitAuthFlowsType[];
  readonly sessionMinutes: string;
  readonly revocation: boolean;
  readonly hidesExistence: boolean;
  readonly rotates: boolean;
  readonly grace: string;
  readonly takesContext: boolean;
}

function clientValuesOf(client: UserPoolClientType): ClientValues {
  return {
    name: client.ClientName ?? "",
    flows: effectiveFlows(client),
    sessionMinutes: String(client.AuthSessionValidity ?? SESSION_MINUTES.usual),
    revocation: client.EnableTokenRevocation ?? true,
    hidesExistence: client.PreventUserExistenceErrors === "ENABLED",
    rotates: client.RefreshTokenRotation?.Feature === "ENABLED",
    grace: String(client.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0),
    takesContext: client.EnablePropagateAdditionalUserContextData ?? false,
    ...lifetimesOf(client),
  };
}

/** The values that the form begins with. */
export function initialClientValues(client: UserPoolClientType): ClientValues {
  const values = clientValuesOf(client);
  return { ...values, flows: inOrder(values.flows, offeredFlows) };
}

/**
 * @param before the values that the form began with
 * @param current the client as it is when the form is saved
 */
export function clientChanges(
  values: ClientValues,
  before: ClientValues,
  current: UserPoolClientType,
): Partial<UpdateUserPoolClientCommandInput> {
  // By the values of the form and not by parameters: a lifetime is a number and a unit, which have parameters of their own.
  const now = clientValuesOf(current);
  const merged = mergeChanges(values, { before, now, whole: ["refresh", "access", "id"] });
  return {
    ClientName: merged.name,
    ExplicitAuthFlows: [...merged.flows],
    AuthSessionValidity: Number(merged.sessionMinutes),
    EnableTokenRevocation: merged.revocation,
    PreventUserExistenceErrors: merged.hidesExistence ? "ENABLED" : "LEGACY",
    RefreshTokenRotation: merged.rotates
      ? { Feature: "ENABLED", RetryGracePeriodSeconds: Number(merged.grace) }
      : current.RefreshTokenRotation && { Feature: "DISABLED" },
    EnablePropagateAdditionalUserContextData: merged.takesContext,
    ...lifetimeParameters(merged),
  };
}
