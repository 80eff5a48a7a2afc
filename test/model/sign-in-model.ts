/**
 * What sign-ins and tokens must do in every state of a user, written down once more from Cognito's documentation: Developer Guide,
 * "Signing up and confirming user accounts", "Adding MFA to a user pool", "Lockout behavior for failed sign-in attempts", "Refresh
 * tokens", "Revoking tokens", and the API Reference of each operation; and from answers that were recorded in 2026.
 *
 * The pool recovers passwords by e-mail, so that SMS can be a second factor. Two users, `jane` with a phone number and `joe`
 * without, have verified e-mail addresses and, at first, the permanent password `first`. Of two app clients one, `other`, can be
 * deleted.
 */
import { type Failures, isLockedOut, NO_FAILURES, withOneMore } from "./lockout.ts";
import { type Model, Refusal } from "./sequences.ts";
import { DAY, HOUR, MINUTE, SECOND } from "./time.ts";

export type ClientName = "client" | "other";
export type Username = "jane" | "joe";
export type Factor = "SMS_MFA" | "SOFTWARE_TOKEN_MFA";

export interface SignInSettings {
  readonly mfa: "OFF" | "OPTIONAL" | "ON";
  /** The second factors of the pool, where it has any. */
  readonly factors: readonly Factor[];
  readonly revocation: boolean;
  /** Seconds in which a rotated refresh token can be used again; undefined without rotation. */
  readonly rotation: number | undefined;
}

interface User {
  readonly name: Username;
  status: "CONFIRMED" | "FORCE_CHANGE_PASSWORD" | "RESET_REQUIRED";
  enabled: boolean;
  password: string;
  /** Differs for each password that was set, even to the same text. */
  passwordNumber: number;
  /** When a temporary password is over. */
  temporaryUntil: number;
  recovery: { readonly code: string; readonly expiresAt: number } | undefined;
  readonly hasPhone: boolean;
  /** The secret of the authenticator app. */
  app: string | undefined;
  /** An app that waits for its first code. */
  pendingApp: string | undefined;
  /** The half minute of the app's last code that was accepted. */
  lastAppStep: number;
  readonly enabledFactors: Set<Factor>;
  preferred: Factor | undefined;
  failures: Failures;
}

/** A challenge that waits for its answer. */
export interface Challenge {
  readonly session: string;
  readonly name: string;
  readonly user: User;
  readonly client: ClientName;
  readonly passwordNumber: number;
  readonly expiresAt: number;
  /** Of SMS_MFA: the name of its code. */
  readonly code: string | undefined;
  isUsed: boolean;
}

/** The tokens of one sign-in. */
interface SignIn {
  readonly user: User;
  readonly client: ClientName;
  readonly expiresAt: number;
  isRevoked: boolean;
  newest: string;
  /** The token before the newest one, and when it was first used. */
  before: { readonly token: string; readonly usedAt: number } | undefined;
}

export const WAITS = [
  5 * SECOND,
  30 * SECOND,
  30 * SECOND,
  4 * MINUTE,
  16 * MINUTE,
  61 * MINUTE,
  25 * HOUR,
  8 * DAY,
];
const SESSION_LIFE = 3 * MINUTE;
const ACCESS_TOKEN_LIFE = HOUR;
/** As the clients of these sequences have it. */
const REFRESH_TOKEN_LIFE = DAY;
const RECOVERY_CODE_LIFE = HOUR;
const TEMPORARY_PASSWORD_LIFE = 7 * DAY;

const notAuthorized = (message: string) => new Refusal("NotAuthorizedException", message);
const wrongPassword = () => notAuthorized("Incorrect username or password.");

export class SignInModel implements Model {
  now = 0;
  readonly messages: { code?: string; to: string }[] = [];
  readonly users: User[] = [];
  readonly clients = new Map<ClientName, SignInSettings>();
  readonly challenges: Challenge[] = [];
  /** By the names of access tokens, and of refresh tokens. */
  readonly accessTokens = new Map<string, { readonly signIn: SignIn; readonly expiresAt: number }>();
  readonly refreshTokens = new Map<string, SignIn>();
  readonly settings: SignInSettings;
  #codes = 0;
  #sessions = 0;
  #tokens = 0;
  #passwords = 0;
  #apps = 0;

  constructor(settings: SignInSettings) {
    this.settings = settings;
    for (const client of ["client", "other"] as const) this.clients.set(client, settings);
    for (const name of ["jane", "joe"] as const) this.create(name);
  }

  create(name: Username): void {
    this.users.push({
      name,
      status: "CONFIRMED",
      enabled: true,
      password: "first",
      passwordNumber: 0,
      temporaryUntil: 0,
      recovery: undefined,
      hasPhone: name === "jane",
      app: undefined,
      pendingApp: undefined,
      lastAppStep: 0,
      enabledFactors: new Set(),
      preferred: undefined,
      failures: NO_FAILURES,
    });
  }

  require(name: Username): User {
    const user = this.users.find((one) => one.name === name);
    if (user === undefined) throw new Refusal("UserNotFoundException");
    return user;
  }
  #client(name: ClientName): SignInSettings {
    const client = this.clients.get(name);
    if (client === undefined) throw new Refusal("ResourceNotFoundException");
    return client;
  }
  #setPassword(user: User, password: string): void {
    this.#passwords += 1;
    user.password = password;
    user.passwordNumber = this.#passwords;
  }

  // ---- Signing in ----

  signIn({ client, name, password }: { client: ClientName; name: Username; password: string }) {
    this.#client(client);
    const user = this.require(name);
    if (isLockedOut(user.failures, this.now)) throw notAuthorized("Password attempts exceeded");
    if (user.status === "RESET_REQUIRED" && user.enabled) throw new Refusal("PasswordResetRequiredException");
    if (user.password !== password) {
      user.failures = withOneMore(user.failures, this.now);
      throw wrongPassword();
    }
    if (!user.enabled) throw notAuthorized("User is disabled.");
    if (user.status === "FORCE_CHANGE_PASSWORD") {
      if (this.now >= user.temporaryUntil)
        throw notAuthorized("Temporary password has expired and must be reset by an administrator.");
      return this.#challenge(user, client, "NEW_PASSWORD_REQUIRED");
    }
    return this.#secondFactor(user, client);
  }
  /** Which second factor is asked for, by the guide's table. */
  #secondFactor(user: User, client: ClientName) {
    if (this.settings.mfa === "OFF") return this.#tokensFor(user, client);
    const usable = this.settings.factors.filter((factor) => {
      const isThere = factor === "SMS_MFA" ? user.hasPhone : user.app !== undefined;
      return isThere && (this.settings.mfa === "ON" || user.enabledFactors.has(factor));
    });
    if (user.preferred !== undefined && usable.includes(user.preferred))
      return this.#challenge(user, client, user.preferred);
    const [only, another] = usable;
    if (another !== undefined) return this.#challenge(user, client, "SELECT_MFA_TYPE");
    if (only !== undefined) return this.#challenge(user, client, only);
    if (this.settings.mfa === "OPTIONAL") return this.#tokensFor(user, client);
    return this.#challenge(user, client, "MFA_SETUP");
  }
  #challenge(user: User, client: ClientName, name: string) {
    this.#sessions += 1;
    const session = `«session ${this.#sessions}»`;
    const code = name === "SMS_MFA" ? this.#send("+15550104567") : undefined;
    this.challenges.push({
      session,
      name,
      user,
      client,
      passwordNumber: user.passwordNumber,
      expiresAt: this.now + SESSION_LIFE,
      code,
      isUsed: false,
    });
    return { challenge: name, session };
  }
  #send(to: string): string {
    this.#codes += 1;
    const code = `«code ${this.#codes}»`;
    this.messages.push({ code, to });
    return code;
  }
  #tokensFor(user: User, client: ClientName) {
    user.failures = NO_FAILURES;
    const signIn: SignIn = {
      user,
      client,
      expiresAt: this.now + REFRESH_TOKEN_LIFE,
      isRevoked: false,
      newest: "",
      before: undefined,
    };
    const refresh = this.#refreshToken(signIn);
    signIn.newest = refresh;
    return { ...this.#accessToken(signIn), refresh };
  }
  #refreshToken(signIn: SignIn): string {
    this.#tokens += 1;
    const token = `«refresh token ${this.#tokens}»`;
    this.refreshTokens.set(token, signIn);
    return token;
  }
  #accessToken(signIn: SignIn) {
    this.#tokens += 1;
    const access = `«access token ${this.#tokens}»`;
    this.accessTokens.set(access, { signIn, expiresAt: this.now + ACCESS_TOKEN_LIFE });
    return { access };
  }

  // ---- Answers to challenges ----

  /** @param answer the new password, the chosen factor, or whether a code is right */
  respond({ challenge, isRight, password, choice }: RespondArgs) {
    this.#client(challenge.client);
    if (challenge.expiresAt <= this.now) throw new Refusal("NotAuthorizedException");
    if (challenge.isUsed) throw new Refusal("NotAuthorizedException");
    const { user } = challenge;
    if (!this.users.includes(user)) throw notAuthorized("Invalid session for the user.");
    if (user.passwordNumber !== challenge.passwordNumber) throw new Refusal("NotAuthorizedException");
    if (isLockedOut(user.failures, this.now)) throw notAuthorized("Password attempts exceeded");
    if (!user.enabled) throw notAuthorized("User is disabled.");
    switch (challenge.name) {
      case "NEW_PASSWORD_REQUIRED":
        if (this.now >= user.temporaryUntil) throw new Refusal("NotAuthorizedException");
        this.#setPassword(user, password);
        user.status = "CONFIRMED";
        break;
      case "SELECT_MFA_TYPE":
        if (user.status === "RESET_REQUIRED") throw new Refusal("PasswordResetRequiredException");
        challenge.isUsed = true;
        return this.#challenge(user, challenge.client, choice);
      case "SOFTWARE_TOKEN_MFA": {
        const step = this.appStep();
        // A code that was right before is no guess, and does not count towards the lockout.
        if (isRight && step <= user.lastAppStep) throw new Refusal("ExpiredCodeException");
        if (!isRight) {
          user.failures = withOneMore(user.failures, this.now);
          throw new Refusal("CodeMismatchException");
        }
        if (user.status === "RESET_REQUIRED") throw new Refusal("PasswordResetRequiredException");
        user.lastAppStep = step;
        break;
      }
      default:
        if (!isRight) {
          user.failures = withOneMore(user.failures, this.now);
          throw new Refusal("CodeMismatchException");
        }
        if (user.status === "RESET_REQUIRED") throw new Refusal("PasswordResetRequiredException");
        // A factor that only an attribute implied is the user's own from then on.
        user.enabledFactors.add("SMS_MFA");
    }
    challenge.isUsed = true;
    return challenge.name === "NEW_PASSWORD_REQUIRED"
      ? this.#secondFactor(user, challenge.client)
      : this.#tokensFor(user, challenge.client);
  }
  /** Codes of an app are good for a half minute, and each is accepted once. */
  appStep(): number {
    return Math.floor(this.now / (30 * SECOND));
  }

  // ---- Passwords ----

  adminSetUserPassword({
    name,
    password,
    isPermanent,
  }: {
    name: Username;
    password: string;
    isPermanent: boolean;
  }) {
    const user = this.require(name);
    this.#setPassword(user, password);
    user.status = isPermanent ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD";
    user.temporaryUntil = this.now + TEMPORARY_PASSWORD_LIFE;
    return {};
  }
  adminResetUserPassword({ name }: { name: Username }) {
    const user = this.require(name);
    if (!user.enabled) throw notAuthorized("User is disabled.");
    if (user.status === "FORCE_CHANGE_PASSWORD")
      throw notAuthorized("User password cannot be reset in the current state.");
    user.status = "RESET_REQUIRED";
    this.#sendRecovery(user);
    return {};
  }
  forgotPassword({ client, name }: { client: ClientName; name: Username }) {
    this.#client(client);
    const user = this.require(name);
    if (!user.enabled) throw notAuthorized("User is disabled.");
    if (user.status === "FORCE_CHANGE_PASSWORD")
      throw notAuthorized("User password cannot be reset in the current state.");
    this.#sendRecovery(user);
    return {
      CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "j***@e***" },
    };
  }
  #sendRecovery(user: User): void {
    user.recovery = {
      code: this.#send(`${user.name}@example.com`),
      expiresAt: this.now + RECOVERY_CODE_LIFE,
    };
  }
  confirmForgotPassword(args: { client: ClientName; name: Username; code: string; password: string }) {
    this.#client(args.client);
    const user = this.require(args.name);
    const { recovery } = user;
    if (!user.enabled) throw notAuthorized("User is disabled.");
    if (recovery === undefined || recovery.expiresAt <= this.now) throw new Refusal("ExpiredCodeException");
    if (recovery.code !== args.code) throw new Refusal("CodeMismatchException");
    // An administrator has set a temporary password since the code was sent.
    if (user.status === "FORCE_CHANGE_PASSWORD")
      throw notAuthorized("User password cannot be reset in the current state.");
    this.#setPassword(user, args.password);
    user.status = "CONFIRMED";
    user.recovery = undefined;
    user.failures = NO_FAILURES;
    return {};
  }

  // ---- Tokens ----

  /** The user of an access token. @param gone the exception of an operation that has none for users who are gone */
  #bearer(token: string, gone = "UserNotFoundException"): User {
    const { signIn, expiresAt } = this.accessTokens.get(token) ?? {};
    if (signIn === undefined || expiresAt === undefined) throw notAuthorized("Invalid Access Token");
    if (expiresAt <= this.now) throw notAuthorized("Access Token has expired");
    this.#client(signIn.client);
    if (!this.users.includes(signIn.user)) throw new Refusal(gone);
    if (!signIn.user.enabled) throw notAuthorized("User is disabled.");
    if (signIn.isRevoked) throw notAuthorized("Access Token has been revoked");
    return signIn.user;
  }
  getUser({ token }: { token: string }) {
    return { Username: this.#bearer(token).name };
  }
  globalSignOut({ token }: { token: string }) {
    this.#signOut(this.#bearer(token, "NotAuthorizedException"));
    return {};
  }
  adminUserGlobalSignOut({ name }: { name: Username }) {
    this.#signOut(this.require(name));
    return {};
  }
  #signOut(user: User): void {
    for (const signIn of this.refreshTokens.values()) if (signIn.user === user) signIn.isRevoked = true;
  }
  revokeToken({ client, token }: { client: ClientName; token: string }) {
    // The operation has no exception for a client that is not there.
    const settings = this.clients.get(client);
    if (settings === undefined) throw new Refusal("UnauthorizedException");
    if (!settings.revocation) throw new Refusal("UnsupportedOperationException");
    const signIn = this.refreshTokens.get(token);
    if (signIn === undefined) return {};
    if (signIn.client !== client) throw new Refusal("UnauthorizedException");
    signIn.isRevoked = true;
    return {};
  }
  /** REFRESH_TOKEN_AUTH. */
  refresh({ client, token }: { client: ClientName; token: string }) {
    if (this.#client(client).rotation !== undefined) throw new Refusal("UnsupportedOperationException");
    return this.#refreshed(client, token);
  }
  getTokensFromRefreshToken({ client, token }: { client: ClientName; token: string }) {
    this.#client(client);
    return this.#refreshed(client, token);
  }
  #refreshed(client: ClientName, token: string) {
    const signIn = this.refreshTokens.get(token);
    if (signIn === undefined) throw notAuthorized("Invalid Refresh Token");
    if (signIn.client !== client) throw notAuthorized("Refresh Token has different Client");
    // Which of these is first is not documented.
    if (signIn.expiresAt <= this.now) throw notAuthorized("Refresh Token has expired");
    if (!this.users.includes(signIn.user))
      throw notAuthorized("The user has been deleted for the associated refresh token");
    if (!signIn.user.enabled) throw notAuthorized("User is disabled.");
    const { rotation } = this.#client(client);
    if (signIn.isRevoked) {
      // Recorded without a text for clients that rotate.
      throw new Refusal(
        "NotAuthorizedException",
        rotation === undefined ? "Refresh Token has been revoked" : undefined,
      );
    }
    if (rotation === undefined) {
      // Of tokens that rotated before rotation was turned off, only the newest is good.
      if (token !== signIn.newest) throw notAuthorized("Refresh Token has been revoked");
      return this.#accessToken(signIn);
    }
    if (token === signIn.newest) {
      signIn.before = { token, usedAt: this.now };
    } else {
      const { before } = signIn;
      const isRetry = before?.token === token && this.now < before.usedAt + rotation * SECOND;
      // The tokens of the sign-in stay: only this request is refused.
      if (!isRetry) throw new Refusal("RefreshTokenReuseException");
    }
    // The answer to a retry takes the place of the answer before.
    signIn.newest = this.#refreshToken(signIn);
    return { ...this.#accessToken(signIn), refresh: signIn.newest };
  }

  // ---- Administrators ----

  adminDisableUser({ name }: { name: Username }) {
    const user = this.require(name);
    user.enabled = false;
    this.#signOut(user);
    return {};
  }
  adminEnableUser({ name }: { name: Username }) {
    this.require(name).enabled = true;
    return {};
  }
  adminDeleteUser({ name }: { name: Username }) {
    this.users.splice(this.users.indexOf(this.require(name)), 1);
    return {};
  }
  updateUserPoolClient({
    client,
    ...settings
  }: { client: ClientName } & Pick<SignInSettings, "revocation" | "rotation">) {
    this.clients.set(client, { ...this.#client(client), ...settings });
    return {};
  }
  deleteUserPoolClient() {
    this.#client("other");
    this.clients.delete("other");
    return {};
  }

  // ---- Second factors ----

  associateSoftwareToken({ token }: { token: string }) {
    const user = this.#bearer(token, "NotAuthorizedException");
    if (!this.settings.factors.includes("SOFTWARE_TOKEN_MFA"))
      throw new Refusal("SoftwareTokenMFANotFoundException");
    this.#apps += 1;
    user.pendingApp = `«secret ${this.#apps}»`;
    return { secret: user.pendingApp };
  }
  verifySoftwareToken({ token, isRight }: { token: string; isRight: boolean }) {
    const user = this.#bearer(token);
    if (!isRight) throw new Refusal("EnableSoftwareTokenMFAException");
    user.app = user.pendingApp;
    user.pendingApp = undefined;
    user.lastAppStep = this.appStep();
    return { Status: "SUCCESS" };
  }
  /** A block that is left out leaves its factor alone. One factor at most is preferred. */
  adminSetUserMFAPreference({ name, factor, isEnabled, isPreferred }: PreferenceArgs) {
    const user = this.require(name);
    if (isEnabled) {
      const isThere = factor === "SMS_MFA" ? user.hasPhone : user.app !== undefined;
      if (!isThere) throw new Refusal("InvalidParameterException");
      user.enabledFactors.add(factor);
      if (isPreferred) user.preferred = factor;
      else if (user.preferred === factor) user.preferred = undefined;
    } else {
      user.enabledFactors.delete(factor);
      if (user.preferred === factor) user.preferred = undefined;
    }
    return {};
  }

  state() {
    return this.users
      .map(({ name, enabled, status }) => ({ Username: name, Enabled: enabled, UserStatus: status }))
      .sort((one, other) => (one.Username < other.Username ? -1 : 1));
  }
}

interface RespondArgs {
  readonly challenge: Challenge;
  readonly isRight: boolean;
  readonly password: string;
  readonly choice: Factor;
}
interface PreferenceArgs {
  readonly name: Username;
  readonly factor: Factor;
  readonly isEnabled: boolean;
  readonly isPreferred: boolean;
}
