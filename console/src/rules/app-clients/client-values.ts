/** The form "Edit app client" and what it puts into UpdateUserPoolClient. */
import type {
  ExplicitAuthFlowsType,
  UpdateUserPoolClientCommandInput,
  UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
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

export function clientValuesOf(client: UserPoolClientType): ClientValues {
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

/** @param current the client as it is when the form is saved */
export function clientChanges(
  values: ClientValues,
  current: UserPoolClientType,
): Partial<UpdateUserPoolClientCommandInput> {
  return {
    ClientName: values.name,
    ExplicitAuthFlows: [...values.flows],
    AuthSessionValidity: Number(values.sessionMinutes),
    EnableTokenRevocation: values.revocation,
    PreventUserExistenceErrors: values.hidesExistence ? "ENABLED" : "LEGACY",
    RefreshTokenRotation: values.rotates
      ? { Feature: "ENABLED", RetryGracePeriodSeconds: Number(values.grace) }
      : current.RefreshTokenRotation && { Feature: "DISABLED" },
    EnablePropagateAdditionalUserContextData: values.takesContext,
    ...lifetimeParameters(values),
  };
}
