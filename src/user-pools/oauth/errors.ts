/** Error codes of RFC 6749 §4.1.2.1 and §5.2, RFC 7009, RFC 6750 and OpenID Connect Core §3.1.2.6. */
export type OAuthErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "unsupported_token_type"
  | "invalid_scope"
  | "invalid_token"
  | "insufficient_scope"
  | "access_denied"
  | "login_required"
  | "server_error";

/** A refusal by one of the endpoints, each of which writes it in its own form. */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode;
  /** Cognito sends none with most errors. */
  readonly description: string | undefined;

  constructor(code: OAuthErrorCode, description?: string, options?: ErrorOptions) {
    super(description ?? code, options);
    this.code = code;
    this.description = description;
  }
}
