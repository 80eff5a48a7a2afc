/** How long tokens live. Without an import that runs: the console's forms use these rules as they are. */
import type { TimeUnitsType } from "../../api-model/index.ts";
import type { AppClientRecord } from "../../storage/index.ts";

const SECONDS: Readonly<Record<TimeUnitsType, number>> = {
  seconds: 1,
  minutes: 60,
  hours: 60 * 60,
  days: 24 * 60 * 60,
};

const DEFAULT_ACCESS_SECONDS = SECONDS.hours;
const DEFAULT_ID_SECONDS = SECONDS.hours;
export const DEFAULT_REFRESH_DAYS = 30;
export const DEFAULT_AUTH_SESSION_MINUTES = 3;

/** How long the tokens of a client live, in seconds. */
interface TokenValidity {
  readonly accessSeconds: number;
  readonly idSeconds: number;
  readonly refreshSeconds: number;
}

/** The settings of a client that say how long its tokens live. */
type ValiditySettings = Pick<
  AppClientRecord["settings"],
  "AccessTokenValidity" | "IdTokenValidity" | "RefreshTokenValidity" | "TokenValidityUnits"
>;

/**
 * The validity of a client's tokens. A refresh token without its own value is valid for 30 of its unit, as its Describe shows it.
 *
 * @see API Reference, "UserPoolClientType", "TokenValidityUnitsType"
 */
export function tokenValidity(client: { readonly settings: ValiditySettings }): TokenValidity {
  const { AccessTokenValidity, IdTokenValidity, RefreshTokenValidity, TokenValidityUnits } = client.settings;
  return {
    accessSeconds: AccessTokenValidity
      ? AccessTokenValidity * SECONDS[TokenValidityUnits?.AccessToken ?? "hours"]
      : DEFAULT_ACCESS_SECONDS,
    idSeconds: IdTokenValidity
      ? IdTokenValidity * SECONDS[TokenValidityUnits?.IdToken ?? "hours"]
      : DEFAULT_ID_SECONDS,
    refreshSeconds: RefreshTokenValidity
      ? RefreshTokenValidity * SECONDS[TokenValidityUnits?.RefreshToken ?? "days"]
      : DEFAULT_REFRESH_DAYS * SECONDS.days,
  };
}

const MIN_TOKEN_SECONDS = 5 * SECONDS.minutes;
const MAX_TOKEN_SECONDS = SECONDS.days;
const MIN_REFRESH_SECONDS = SECONDS.hours;
/** Ten years of 365 days. */
const MAX_REFRESH_SECONDS = 3650 * SECONDS.days;

export type ValidityProblem = "outOfRange" | "longerThanRefresh";

/**
 * The fault in the validity of a kind of token, if there is one.
 *
 * @see API Reference, "CreateUserPoolClient", AccessTokenValidity, IdTokenValidity and RefreshTokenValidity
 */
export function validityProblems({ accessSeconds, idSeconds, refreshSeconds }: TokenValidity): {
  readonly [token in "access" | "id" | "refresh"]: ValidityProblem | undefined;
} {
  const problemOf = (seconds: number): ValidityProblem | undefined => {
    if (!(seconds >= MIN_TOKEN_SECONDS && seconds <= MAX_TOKEN_SECONDS)) return "outOfRange";
    return seconds > refreshSeconds ? "longerThanRefresh" : undefined;
  };
  const isRefreshInRange = refreshSeconds >= MIN_REFRESH_SECONDS && refreshSeconds <= MAX_REFRESH_SECONDS;
  return {
    access: problemOf(accessSeconds),
    id: problemOf(idSeconds),
    refresh: isRefreshInRange ? undefined : "outOfRange",
  };
}

/** How long a Session of the client can be answered, in seconds: from one challenge to the next. */
export function authSessionSeconds(client: AppClientRecord): number {
  return (client.settings.AuthSessionValidity ?? DEFAULT_AUTH_SESSION_MINUTES) * SECONDS.minutes;
}
