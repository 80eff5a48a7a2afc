import { cloudTrailRecord, type RecordOrigin } from "./cloud-trail.ts";
import { HIDDEN } from "./visible.ts";

/** A request to one of the endpoints beside the API, which was answered. */
export interface EndpointRequest {
  readonly status: number;
  /** The host that it named. */
  readonly host: string;
  readonly poolId: string | undefined;
  /** Of the query string and the form, in their order. */
  readonly parameters: Iterable<readonly [name: string, value: string]>;
  readonly requestId: string | undefined;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
}

/**
 * The names of events, by path and method. Those of `/oauth2/revoke`, `introspect`, `register` and of the account page are ours.
 *
 * @see Developer Guide, "Amazon Cognito logging in AWS CloudTrail", hosted UI (classic) events and managed login events
 */
const EVENT_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "/oauth2/authorize": { GET: "OAuth2_Authorize_GET", POST: "OAuth2_Authorize_POST" },
  "/authorize": { GET: "OAuth2_Authorize_GET" },
  "/oauth2/token": { POST: "Token_POST" },
  "/oauth2/userInfo": { GET: "UserInfo_GET", POST: "UserInfo_POST" },
  "/oauth2/revoke": { POST: "Revoke_POST" },
  "/oauth2/introspect": { POST: "Introspect_POST" },
  "/oauth2/register": { POST: "Register_POST" },
  "/oauth2/idpresponse": { GET: "OAuth2Response_GET", POST: "OAuth2Response_POST" },
  "/saml2/idpresponse": { POST: "SAML2Response_POST" },
  "/saml2/logout": { GET: "SAML2Logout_GET", POST: "SAML2Logout_POST" },
  "/login": { GET: "Login_GET", POST: "login_POST" },
  "/signup": { GET: "Signup_GET", POST: "signup_POST" },
  "/confirm": { GET: "Confirm_GET", POST: "signup_confirm_POST" },
  "/resendcode": { POST: "ResendCode_POST" },
  "/forgotPassword": { GET: "ForgotPassword_GET", POST: "forgotPassword_POST" },
  "/confirmForgotPassword": { GET: "ConfirmForgotPassword_GET", POST: "ConfirmForgotPassword_POST" },
  "/confirmforgotPassword": { GET: "ConfirmForgotPassword_GET", POST: "ConfirmForgotPassword_POST" },
  "/passkeys/add": { GET: "passkeys_add_GET", POST: "passkeys_add_POST" },
  "/account": { GET: "account_GET", POST: "account_POST" },
  "/account/data": { GET: "account_data_GET" },
  "/logout": { GET: "Logout", POST: "Logout" },
  "/error": { GET: "Error_GET" },
  "/confirmUser": { GET: "confirmUser_GET" },
  "/confirmUser/": { GET: "confirmUser_GET" },
  "/authEventFeedback": { GET: "Event_Feedback_GET", POST: "Event_Feedback_POST" },
};

/** Requests by GET that change something, if it is only the session of a browser. */
const NO_READS: ReadonlySet<string> = new Set([
  "OAuth2_Authorize_GET",
  "OAuth2Response_GET",
  "SAML2Logout_GET",
  "Logout",
  "confirmUser_GET",
]);

/** Parameters that are neither secret nor about a user. */
const VISIBLE: ReadonlySet<string> = new Set([
  "client_id",
  "code_challenge_method",
  "grant_type",
  "identity_provider",
  "idp_identifier",
  "lang",
  "logout_uri",
  "max_age",
  "prompt",
  "redirect_uri",
  "resource",
  "response_mode",
  "response_type",
  "scope",
  "token_type_hint",
]);

/** The names of the fields of forms; other texts are values that are not where they belong. */
const NAME = /^[\w.:[\]-]{1,64}$/;

/** @returns undefined for a request that is not recorded */
export function eventNameOf(path: string, method: string): string | undefined {
  const ofPath = Object.hasOwn(EVENT_NAMES, path) ? EVENT_NAMES[path] : undefined;
  return ofPath?.[method === "HEAD" ? "GET" : method];
}

/** Whether a request changes nothing. */
export function isReadByName(eventName: string): boolean {
  return eventName.endsWith("_GET") && !NO_READS.has(eventName);
}

/** CloudTrail's record of a request to an endpoint. */
export function endpointRecord(
  eventName: string,
  { status, host, poolId, parameters, ...request }: EndpointRequest & { readonly at: number },
  origin: RecordOrigin,
): object {
  const { accountId } = origin;
  return cloudTrailRecord(
    {
      ...request,
      userIdentity: { accountId },
      eventSource: "cognito-idp.amazonaws.com",
      eventName,
      region: poolId?.split("_")[0],
      additionalEventData: {
        responseParameters: { status },
        requestParameters: Object.fromEntries(
          [...parameters].map(([name, value]) => [
            NAME.test(name) ? name : HIDDEN,
            [VISIBLE.has(name) ? value : HIDDEN],
          ]),
        ),
        userPoolDomain: host,
        ...(poolId !== undefined && { userPoolId: poolId }),
      },
      readOnly: isReadByName(eventName),
      eventType: "AwsServiceEvent",
      serviceEventDetails: { serviceAccountId: accountId },
    },
    origin,
  );
}
