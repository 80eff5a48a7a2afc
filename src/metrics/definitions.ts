/**
 * Every metric of Cognate's own: docs/metrics.md lists them from here. Names and units are those of Prometheus.
 *
 * @see Prometheus documentation, "Metric and label naming"
 */
export interface Definition<Label extends string = string> {
  readonly name: `cognate_${string}`;
  readonly help: string;
  readonly labelNames: readonly Label[];
}

export const counters = {
  apiCalls: {
    name: "cognate_api_calls_total",
    help: "Calls of the user pools, IAM and STS APIs. The label error is the exception's name, and absent for calls that succeeded.",
    labelNames: ["service", "operation", "error"],
  },
  tokensIssued: {
    name: "cognate_tokens_issued_total",
    help: "Tokens issued, by the trigger source of PreTokenGeneration: TokenGeneration_RefreshTokens is a refresh, TokenGeneration_ClientCredentials a client alone, all others a sign-in.",
    labelNames: ["user_pool", "app_client", "source"],
  },
  signInsFailed: {
    name: "cognate_sign_ins_failed_total",
    help: "Wrong passwords, codes and other answers of sign-ins, by API and on the pages. The label challenge is absent for the password that began a sign-in.",
    labelNames: ["user_pool", "app_client", "challenge"],
  },
  federatedSignIns: {
    name: "cognate_federated_sign_ins_total",
    help: "Sign-ins of users of an identity provider.",
    labelNames: ["user_pool", "app_client", "identity_provider"],
  },
  usersCreated: {
    name: "cognate_users_created_total",
    help: "Users created, by occasion: SignUp, AdminCreateUser, ExternalProvider, UserMigration. Imports are not counted.",
    labelNames: ["user_pool", "occasion"],
  },
  riskDecisions: {
    name: "cognate_risk_decisions_total",
    help: "Sign-ins and other events of users in pools with threat protection, each once, by EventRisk.RiskDecision.",
    labelNames: ["user_pool", "decision"],
  },
  messages: {
    name: "cognate_messages_total",
    help: "Messages to users, by medium (EMAIL, SMS), occasion and outcome (delivered, failed).",
    labelNames: ["user_pool", "medium", "occasion", "outcome"],
  },
  triggerInvocations: {
    name: "cognate_trigger_invocations_total",
    help: "Invocations of Lambda functions, by trigger and outcome (succeeded, failed).",
    labelNames: ["user_pool", "trigger", "outcome"],
  },
} as const satisfies Record<string, Definition>;

export const histograms = {
  apiCallDuration: {
    name: "cognate_api_call_duration_seconds",
    help: "Time from a call's request to its answer.",
    labelNames: ["service", "operation"],
  },
  httpRequestDuration: {
    name: "cognate_http_request_duration_seconds",
    help: "Time from a request to its answer, for all that the server answers. The label route is the pattern of the path, and absent where there is nothing.",
    labelNames: ["method", "route", "status"],
  },
  triggerDuration: {
    name: "cognate_trigger_duration_seconds",
    help: "Time that functions took, by trigger.",
    labelNames: ["trigger"],
  },
} as const satisfies Record<string, Definition>;

export const gauges = {
  info: {
    name: "cognate_info",
    help: "Always 1; the labels tell the version and the mode (dev, serve).",
    labelNames: ["version", "mode"],
  },
} as const satisfies Record<string, Definition>;
