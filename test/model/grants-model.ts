/**
 * The rules of the code grant, written down once more from the Developer Guide, "Authorize endpoint", "Token endpoint", "The logout
 * endpoint", "Revoke endpoint", "userInfo endpoint", "Managed login" (section on cookies), "Refresh tokens"; RFC 6749, RFC 7636 and
 * RFC 9700 where the guide is silent.
 *
 * Two users sign in on the pages, in two browsers, for two app clients: `web` has no secret, `shop` has one.
 */
import { type Failures, isLockedOut, NO_FAILURES, withOneMore } from "./lockout.ts";
import { type Model, Refusal } from "./sequences.ts";
import { DAY, HOUR, MINUTE, SECOND } from "./time.ts";

export type ClientName = "web" | "shop";
export type BrowserName = "laptop" | "phone";
export type Username = "amy" | "bea";
export type Scope = "openid" | "email" | "aws.cognito.signin.user.admin";

export interface GrantsSettings {
  /** Seconds in which a rotated refresh token can be used again; undefined without rotation. */
  readonly rotation: number | undefined;
}

interface User {
  readonly name: Username;
  enabled: boolean;
  password: string;
  failures: Failures;
}

/** The session of a browser. */
interface Session {
  readonly user: User;
  readonly authenticatedAt: number;
  isEnded: boolean;
}

interface SignIn {
  readonly isOfApi: boolean;
  readonly user: User;
  readonly client: ClientName;
  readonly scopes: readonly Scope[];
  readonly authenticatedAt: number;
  readonly createdAt: number;
  isRevoked: boolean;
  newest: string;
  /** The refresh token before the newest one, and when it was first used. */
  before: { readonly token: string; readonly usedAt: number } | undefined;
}

export interface Code {
  readonly name: string;
  readonly signIn: SignIn;
  /** Whether the request had a challenge of PKCE. */
  readonly hasChallenge: boolean;
  isUsed: boolean;
}

interface AccessToken {
  readonly signIn: SignIn;
  readonly issuedAt: number;
}

export const WAITS = [
  5 * SECOND,
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  6 * MINUTE,
  20 * MINUTE,
  61 * MINUTE,
  25 * HOUR,
];
const CODE_LIFE = 5 * MINUTE;
/** From the sign-in with a password on, however often it is used. */
const SESSION_LIFE = HOUR;
const ACCESS_TOKEN_LIFE = HOUR;
/** As the clients of these sequences have it. */
const REFRESH_TOKEN_LIFE = DAY;

export class GrantsModel implements Model {
  now = 0;
  readonly messages: { code?: string; to: string }[] = [];
  readonly users: User[] = [];
  /** The session whose cookie a browser has, though it may have ended. */
  readonly browsers = new Map<BrowserName, Session>();
  readonly codes: Code[] = [];
  readonly accessTokens = new Map<string, AccessToken>();
  readonly refreshTokens = new Map<string, SignIn>();
  readonly settings: GrantsSettings;
  #tokens = 0;

  constructor(settings: GrantsSettings) {
    this.settings = settings;
    for (const name of ["amy", "bea"] as const) this.createUser({ name });
  }

  find(name: Username): User | undefined {
    return this.users.find((user) => user.name === name);
  }
  #require(name: Username): User {
    const user = this.find(name);
    if (user === undefined) throw new Refusal("UserNotFoundException");
    return user;
  }
  #isThere(user: User): boolean {
    return this.users.includes(user) && user.enabled;
  }

  // ---- /oauth2/authorize and /login ----

  /** A browser that has a session gets a code at once, for whichever client; its `auth_time` is that of the session. */
  authorize({ browser, prompt, ...asked }: AuthorizeArgs) {
    const session = this.browsers.get(browser);
    const isGood =
      session !== undefined &&
      !session.isEnded &&
      this.now < session.authenticatedAt + SESSION_LIFE &&
      this.#isThere(session.user);
    if (prompt === "login" || (!isGood && prompt === undefined)) return { page: "login" };
    if (!isGood) throw new Refusal("login_required");
    return this.#code(session, asked);
  }
  #code({ user, authenticatedAt }: Session, { client, scopes, hasChallenge }: GrantArgs) {
    const signIn = this.#signIn({ user, client, scopes, authenticatedAt, isOfApi: false });
    const name = `«code ${this.codes.length + 1}»`;
    this.codes.push({ name, signIn, hasChallenge, isUsed: false });
    return { code: name };
  }
  #signIn(given: Pick<SignIn, "user" | "client" | "scopes" | "authenticatedAt" | "isOfApi">): SignIn {
    return { ...given, createdAt: this.now, isRevoked: false, newest: "", before: undefined };
  }
  /** A sign-in takes the place of the session that the browser had. */
  login({ browser, name, password, ...asked }: LoginArgs) {
    const user = this.find(name);
    if (user === undefined || isLockedOut(user.failures, this.now)) return { page: "login" };
    if (user.password !== password) {
      user.failures = withOneMore(user.failures, this.now);
      return { page: "login" };
    }
    if (!user.enabled) return { page: "login" };
    user.failures = NO_FAILURES;
    const before = this.browsers.get(browser);
    if (before) before.isEnded = true;
    const session: Session = { user, authenticatedAt: this.now, isEnded: false };
    this.browsers.set(browser, session);
    return this.#code(session, asked);
  }
  /** The session ends for whoever kept its cookie, too. Tokens stay. */
  logout({ browser, keepsCookie }: { browser: BrowserName; keepsCookie: boolean }) {
    const session = this.browsers.get(browser);
    if (session) session.isEnded = true;
    if (!keepsCookie) this.browsers.delete(browser);
    return { redirect: "https://app.example.com/bye" };
  }

  // ---- /oauth2/token ----

  /**
   * A code is used up by the first attempt of its client, whatever comes of it; a second one revokes what the first one gave. Whose
   * client it is not cannot use it up.
   */
  exchange({ code, client, isSecretRight, isRedirectRight, verifier }: ExchangeArgs) {
    if (client === "shop" && !isSecretRight) throw new Refusal("invalid_client");
    const { signIn, hasChallenge, isUsed } = code;
    if (signIn.client !== client) throw new Refusal("invalid_grant");
    code.isUsed = true;
    if (isUsed) {
      signIn.isRevoked = true;
      throw new Refusal("invalid_grant");
    }
    if (this.isOver(code)) throw new Refusal("invalid_grant");
    if (!isRedirectRight) throw new Refusal("unauthorized_client");
    if (verifier !== (hasChallenge ? "right" : "none")) throw new Refusal("invalid_grant");
    if (signIn.isRevoked || !this.#isThere(signIn.user)) throw new Refusal("invalid_grant");
    return this.#tokensFor(signIn, signIn.createdAt);
  }
  isOver({ signIn }: Code): boolean {
    return this.now >= signIn.createdAt + CODE_LIFE;
  }
  /** The compared properties of tokens: the tokens of a code were made with it. */
  #tokensFor(signIn: SignIn, issuedAt: number) {
    signIn.newest = this.#refreshToken(signIn);
    return { ...this.#accessToken(signIn, issuedAt), refresh: signIn.newest };
  }
  #refreshToken(signIn: SignIn): string {
    this.#tokens += 1;
    const refresh = `«refresh token ${this.#tokens}»`;
    this.refreshTokens.set(refresh, signIn);
    return refresh;
  }
  #accessToken(signIn: SignIn, issuedAt: number) {
    this.#tokens += 1;
    const access = `«access token ${this.#tokens}»`;
    this.accessTokens.set(access, { signIn, issuedAt });
    const { user, scopes, authenticatedAt, isOfApi } = signIn;
    return {
      access,
      username: user.name,
      scope: [...scopes].sort().join(" "),
      authenticatedAt,
      issuedAt,
      hasIdToken: isOfApi || scopes.includes("openid"),
    };
  }
  refreshAtEndpoint({ client, token, isSecretRight }: RefreshArgs) {
    if (client === "shop" && !isSecretRight) throw new Refusal("invalid_client");
    try {
      return this.#refresh(client, token);
    } catch (error) {
      throw error instanceof Refusal ? new Refusal("invalid_grant") : error;
    }
  }
  getTokensFromRefreshToken({ client, token, isSecretRight }: RefreshArgs) {
    if (client === "shop" && !isSecretRight) throw new Refusal("NotAuthorizedException");
    return this.#refresh(client, token);
  }
  #refresh(client: ClientName, token: string) {
    const signIn = this.refreshTokens.get(token);
    if (signIn === undefined || signIn.client !== client) throw new Refusal("NotAuthorizedException");
    const isOver = this.now >= signIn.createdAt + REFRESH_TOKEN_LIFE;
    if (isOver || signIn.isRevoked || !this.#isThere(signIn.user))
      throw new Refusal("NotAuthorizedException");
    const { rotation } = this.settings;
    if (rotation === undefined) return this.#accessToken(signIn, this.now);
    if (token === signIn.newest) {
      signIn.before = { token, usedAt: this.now };
    } else {
      const { before } = signIn;
      const isRetry = before?.token === token && this.now < before.usedAt + rotation * SECOND;
      if (!isRetry) throw new Refusal("RefreshTokenReuseException");
    }
    return this.#tokensFor(signIn, this.now);
  }

  // ---- Tokens ----

  /** Unknown tokens are no error, as RFC 7009 says. */
  revoke({ client, token, isSecretRight }: RefreshArgs) {
    if (client === "shop" && !isSecretRight) throw new Refusal("invalid_client");
    const signIn = this.refreshTokens.get(token);
    if (signIn?.client === client) signIn.isRevoked = true;
    return {};
  }
  #isGood({ signIn, issuedAt }: AccessToken): boolean {
    return this.now < issuedAt + ACCESS_TOKEN_LIFE && !signIn.isRevoked && this.#isThere(signIn.user);
  }
  userInfo({ token }: { token: string }) {
    const held = this.accessTokens.get(token);
    if (held === undefined || !this.#isGood(held) || !held.signIn.scopes.includes("openid"))
      throw new Refusal("invalid_token");
    // With `openid` and no scope but that of the API, all attributes are shown; with `email` those of an e-mail address.
    const { name } = held.signIn.user;
    return { username: name, email: `${name}@example.com`, email_verified: "true" };
  }
  getUser({ token }: { token: string }) {
    const held = this.accessTokens.get(token);
    if (held === undefined) throw new Refusal("NotAuthorizedException");
    if (this.now >= held.issuedAt + ACCESS_TOKEN_LIFE) throw new Refusal("NotAuthorizedException");
    if (!held.signIn.scopes.includes("aws.cognito.signin.user.admin"))
      throw new Refusal("NotAuthorizedException");
    if (!this.users.includes(held.signIn.user)) {
      const another = this.find(held.signIn.user.name);
      throw new Refusal(another ? "NotAuthorizedException" : "UserNotFoundException");
    }
    if (!this.#isGood(held)) throw new Refusal("NotAuthorizedException");
    return { username: held.signIn.user.name };
  }

  // ---- The API ----

  /** Its tokens have one scope, and an ID token always. */
  signIn({ client, name, password }: { client: ClientName; name: Username; password: string }) {
    const user = this.#require(name);
    if (isLockedOut(user.failures, this.now)) throw new Refusal("NotAuthorizedException");
    if (user.password !== password) {
      user.failures = withOneMore(user.failures, this.now);
      throw new Refusal("NotAuthorizedException");
    }
    if (!user.enabled) throw new Refusal("NotAuthorizedException");
    user.failures = NO_FAILURES;
    const signIn = this.#signIn({
      user,
      client,
      scopes: ["aws.cognito.signin.user.admin"],
      authenticatedAt: this.now,
      isOfApi: true,
    });
    return this.#tokensFor(signIn, this.now);
  }
  /** Sessions of browsers stay. */
  adminUserGlobalSignOut({ name }: { name: Username }) {
    this.#signOut(this.#require(name));
    return {};
  }
  #signOut(user: User): void {
    for (const { signIn } of this.codes) if (signIn.user === user) signIn.isRevoked = true;
    for (const signIn of this.refreshTokens.values()) if (signIn.user === user) signIn.isRevoked = true;
  }
  adminDisableUser({ name }: { name: Username }) {
    const user = this.#require(name);
    user.enabled = false;
    this.#signOut(user);
    return {};
  }
  adminEnableUser({ name }: { name: Username }) {
    this.#require(name).enabled = true;
    return {};
  }
  adminDeleteUser({ name }: { name: Username }) {
    this.users.splice(this.users.indexOf(this.#require(name)), 1);
    return {};
  }
  /** Sessions of browsers and tokens stay. */
  adminSetUserPassword({ name, password }: { name: Username; password: string }) {
    this.#require(name).password = password;
    return {};
  }
  createUser({ name }: { name: Username }) {
    if (this.find(name)) throw new Refusal("UsernameExistsException");
    this.users.push({ name, enabled: true, password: "first", failures: NO_FAILURES });
    return {};
  }

  state() {
    return this.users
      .map(({ name, enabled }) => ({ Username: name, Enabled: enabled }))
      .sort((one, other) => (one.Username < other.Username ? -1 : 1));
  }
}

interface GrantArgs {
  readonly client: ClientName;
  readonly scopes: readonly Scope[];
  readonly hasChallenge: boolean;
}
interface AuthorizeArgs extends GrantArgs {
  readonly browser: BrowserName;
  readonly prompt: "none" | "login" | undefined;
}
interface LoginArgs extends GrantArgs {
  readonly browser: BrowserName;
  readonly name: Username;
  readonly password: string;
}
interface ExchangeArgs {
  readonly code: Code;
  readonly client: ClientName;
  readonly isSecretRight: boolean;
  readonly isRedirectRight: boolean;
  readonly verifier: "right" | "wrong" | "none";
}
interface RefreshArgs {
  readonly client: ClientName;
  readonly token: string;
  readonly isSecretRight: boolean;
}
