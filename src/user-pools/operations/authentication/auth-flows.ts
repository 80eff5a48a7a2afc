import type { AuthFlowType } from "../../../api-model/index.ts";
import type { Channel } from "../../sign-in/index.ts";

/** The API's rules for one value of `AuthFlow`. */
interface ApiFlow {
  /** The operations that take it. */
  readonly channels: readonly Channel[];
  /** The text for app clients whose ExplicitAuthFlows do not allow it. */
  readonly notEnabledMessage: string;
  /** The required AuthParameters, in the order in which they are checked. */
  readonly required: readonly string[];
}

const EVERY_CHANNEL = ["public", "admin"] as const;

const adminPassword: ApiFlow = {
  channels: ["admin"],
  notEnabledMessage: "Auth flow not enabled for this client",
  required: ["USERNAME", "PASSWORD"],
};

const refresh: ApiFlow = {
  channels: EVERY_CHANNEL,
  notEnabledMessage: "REFRESH_TOKEN_AUTH is not enabled for the client.",
  required: ["REFRESH_TOKEN"],
};

/** @see API Reference, "InitiateAuth", "AdminInitiateAuth", AuthFlow */
export const apiFlows: { readonly [Name in AuthFlowType]: ApiFlow } = {
  USER_PASSWORD_AUTH: {
    channels: ["public"],
    notEnabledMessage: "USER_PASSWORD_AUTH flow not enabled for this client",
    required: ["USERNAME", "PASSWORD"],
  },
  ADMIN_USER_PASSWORD_AUTH: adminPassword,
  // The name from before 2019. Both names are accepted from a client that allows either.
  ADMIN_NO_SRP_AUTH: adminPassword,
  USER_SRP_AUTH: {
    channels: EVERY_CHANNEL,
    notEnabledMessage: "USER_SRP_AUTH is not enabled for the client.",
    required: ["USERNAME", "SRP_A"],
  },
  REFRESH_TOKEN_AUTH: refresh,
  REFRESH_TOKEN: refresh,
  CUSTOM_AUTH: {
    channels: EVERY_CHANNEL,
    notEnabledMessage: "CUSTOM_AUTH is not enabled for the client.",
    required: ["USERNAME"],
  },
  USER_AUTH: {
    channels: EVERY_CHANNEL,
    notEnabledMessage: "USER_AUTH is not enabled for the client.",
    required: ["USERNAME"],
  },
};
