/**
 * The rules of codes and passwords, written down once more from Cognito's documentation: Developer Guide, "Signing up and
 * confirming user accounts", "Recovering user accounts", "Managing user existence error responses", "Quotas in Amazon Cognito"
 * (section on code security), "Lockout behavior for failed sign-in attempts"; API Reference, "PasswordPolicyType" and the page of
 * each operation; and from answers that were recorded in 2026. Where these are silent, docs/compatibility says what was chosen.
 *
 * The pool sends codes by e-mail. Of two app clients one, `hiding`, prevents user existence errors.
 */
import { type Failures, isLockedOut, NO_FAILURES, withOneMore } from "./lockout.ts";
import { type Model, Refusal } from "./sequences.ts";
import { DAY, HOUR, MINUTE, SECOND } from "./time.ts";

export type ClientName = "open" | "hiding";
export type Username = "amy" | "bea";
/** `weak` breaks the policy of the pool. */
export type Password = "first" | "second" | "third" | "weak";

export interface CodesSettings {
  /** Whether sign-ups are confirmed by a code to the e-mail address. */
  readonly verifies: boolean;
  /** Whether users recover their passwords by themselves. */
  readonly recovers: boolean;
  /** PasswordHistorySize. */
  readonly history: number;
}

type Purpose = "SignUp" | "ForgotPassword" | "email";

/** Actions that have a number of attempts an hour. */
const ATTEMPTS_AN_HOUR = {
  ConfirmSignUp: 15,
  ResendConfirmationCode: 5,
  /** Between 5 and 20, requests and confirmations together; as many as risk allows where there is none. */
  RecoverPassword: 20,
  ChangePassword: 5,
  GetUserAttributeVerificationCode: 5,
  VerifyUserAttribute: 15,
};
type Limited = keyof typeof ATTEMPTS_AN_HOUR;

/** The counts of a user, or of a name that nobody has. */
interface Counts {
  readonly attempts: Map<Limited, { readonly count: number; readonly since: number }>;
  failures: Failures;
}

interface Code {
  readonly name: string;
  readonly sentTo: string;
  readonly expiresAt: number;
}

interface User extends Counts {
  readonly name: Username;
  status: "UNCONFIRMED" | "CONFIRMED" | "FORCE_CHANGE_PASSWORD" | "RESET_REQUIRED";
  enabled: boolean;
  email: string;
  isVerified: boolean;
  password: Password;
  /** Differs for each password that was set, even to the same text. */
  passwordNumber: number;
  /** When a temporary password is over. */
  temporaryUntil: number;
  /** The permanent passwords, the newest first. */
  readonly own: Password[];
  readonly codes: Map<Purpose, Code>;
  /** Codes of the sign-up that another replaced. */
  readonly replaced: Set<string>;
}

interface Challenge {
  readonly session: string;
  readonly user: User;
  readonly client: ClientName;
  readonly passwordNumber: number;
  readonly expiresAt: number;
  isUsed: boolean;
}

export const WAITS = [5 * SECOND, MINUTE, MINUTE, 16 * MINUTE, 61 * MINUTE, 25 * HOUR, 8 * DAY];
const SESSION_LIFE = 3 * MINUTE;
/** As the clients of these sequences have it. */
const ACCESS_TOKEN_LIFE = DAY;
const TEMPORARY_PASSWORD_LIFE = 7 * DAY;
const CODE_LIFE: Readonly<Record<Purpose, number>> = { SignUp: DAY, ForgotPassword: HOUR, email: DAY };
/** Of a masked destination only the form is compared: that of a user who does not exist is made up. */
const DELIVERY = { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "x***@x***" };

const notAuthorized = (message: string) => new Refusal("NotAuthorizedException", message);
const wrongPassword = () => notAuthorized("Incorrect username or password.");
const disabled = () => notAuthorized("User is disabled.");
const expiredCode = () =>
  new Refusal("ExpiredCodeException", "Invalid code provided, please request a code again.");
const wrongCode = () =>
  new Refusal("CodeMismatchException", "Invalid verification code provided, please try again.");
const wrongState = () => notAuthorized("User password cannot be reset in the current state.");
const noCounts = (): Counts => ({ attempts: new Map(), failures: NO_FAILURES });

export class CodesModel implements Model {
  now = 0;
  readonly messages: { code?: string; to: string }[] = [];
  readonly users: User[] = [];
  /** Of names that nobody has, and of users who look as if they did not exist. */
  readonly unknown = new Map<Username, Counts>();
  readonly tokens = new Map<
    string,
    { readonly user: User; readonly expiresAt: number; isRevoked: boolean }
  >();
  readonly challenges: Challenge[] = [];
  readonly settings: CodesSettings;
  #codes = 0;
  #tokens = 0;
  #passwords = 0;

  constructor(settings: CodesSettings) {
    this.settings = settings;
  }

  find(name: Username): User | undefined {
    return this.users.find((user) => user.name === name);
  }
  #require(name: Username): User {
    const user = this.find(name);
    if (user === undefined) throw new Refusal("UserNotFoundException", "User does not exist.");
    return user;
  }
  /** Operations that need no proof of the user's identity have a text of their own for a name that nobody has. */
  #requireByClient(name: Username): User {
    const user = this.find(name);
    if (user === undefined)
      throw new Refusal("UserNotFoundException", "Username/client id combination not found.");
    return user;
  }

  // ---- What is counted ----

  #unknown(name: Username): Counts {
    const counts = this.unknown.get(name) ?? noCounts();
    this.unknown.set(name, counts);
    return counts;
  }
  /** An hour begins with the first attempt. One that is refused for the limit does not count. */
  #count({ attempts }: Counts, limited: Limited): void {
    const { count, since } = attempts.get(limited) ?? { count: 0, since: this.now };
    const isOver = this.now >= since + HOUR;
    if (!isOver && count >= ATTEMPTS_AN_HOUR[limited])
      throw new Refusal("LimitExceededException", "Attempt limit exceeded, please try after some time.");
    attempts.set(limited, isOver ? { count: 1, since: this.now } : { count: count + 1, since });
  }
  #requireNotLockedOut({ failures }: Counts): void {
    if (isLockedOut(failures, this.now)) throw notAuthorized("Password attempts exceeded");
  }
  #fail(counts: Counts): Refusal {
    counts.failures = withOneMore(counts.failures, this.now);
    return wrongPassword();
  }

  // ---- Codes ----

  #send(user: User, purpose: Purpose) {
    this.#codes += 1;
    const name = `«code ${this.#codes}»`;
    user.codes.set(purpose, { name, sentTo: user.email, expiresAt: this.now + CODE_LIFE[purpose] });
    this.messages.push({ code: name, to: user.email });
    return { CodeDeliveryDetails: DELIVERY };
  }
  /** The newest code of a purpose, which proves the address that it went to. @throws Refusal */
  #checkCode(user: User, purpose: Purpose, given: string): void {
    const code = user.codes.get(purpose);
    if (code === undefined || code.expiresAt <= this.now) throw expiredCode();
    if (purpose === "SignUp" && user.replaced.has(given)) throw expiredCode();
    if (code.name !== given) throw wrongCode();
  }
  #requireSameAddress(user: User, purpose: Purpose): void {
    if (user.codes.get(purpose)?.sentTo !== user.email) throw expiredCode();
  }

  // ---- Sign-up ----

  signUp({ name, password, email }: { name: Username; password: Password; email: string }) {
    if (password === "weak") throw new Refusal("InvalidPasswordException");
    if (this.find(name)) throw new Refusal("UsernameExistsException", "User already exists");
    const user = this.#create({ name, email, password, status: "UNCONFIRMED" });
    return { UserConfirmed: false, ...(this.settings.verifies && this.#send(user, "SignUp")) };
  }
  #create(given: Pick<User, "name" | "email" | "password" | "status">): User {
    const user: User = {
      ...given,
      enabled: true,
      isVerified: false,
      passwordNumber: 0,
      temporaryUntil: 0,
      own: [],
      codes: new Map(),
      replaced: new Set(),
      ...noCounts(),
    };
    this.#setPassword(user, given.password, given.status === "UNCONFIRMED");
    this.users.push(user);
    return user;
  }
  confirmSignUp({ client, name, code }: { client: ClientName; name: Username; code: string }) {
    if (client === "hiding" && !this.find(name)) {
      this.#count(this.#unknown(name), "ConfirmSignUp");
      throw expiredCode();
    }
    const user = this.#requireByClient(name);
    if (!user.enabled) throw disabled();
    if (user.status !== "UNCONFIRMED")
      throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
    this.#tryCode(user, "SignUp", "ConfirmSignUp", code);
    user.isVerified = true;
    user.status = "CONFIRMED";
    return {};
  }
  /** A code that went to another address than the user's proves nothing, and is not counted as an attempt. */
  #tryCode(user: User, purpose: "SignUp" | "email", limited: Limited, code: string): void {
    const before = new Map(user.attempts);
    this.#count(user, limited);
    this.#checkCode(user, purpose, code);
    try {
      this.#requireSameAddress(user, purpose);
    } catch (refusal) {
      user.attempts.clear();
      for (const [name, counted] of before) user.attempts.set(name, counted);
      throw refusal;
    }
    user.codes.delete(purpose);
  }
  resendConfirmationCode({ client, name }: { client: ClientName; name: Username }) {
    const notVerified = () => notAuthorized("Cannot resend codes. Auto verification not turned on.");
    if (!this.settings.verifies) throw notVerified();
    if (client === "hiding" && !this.find(name)?.enabled) {
      this.#count(this.#unknown(name), "ResendConfirmationCode");
      return { CodeDeliveryDetails: DELIVERY };
    }
    const user = this.#requireByClient(name);
    if (!user.enabled) throw disabled();
    if (user.status !== "UNCONFIRMED")
      throw new Refusal("InvalidParameterException", "User is already confirmed.");
    if (user.isVerified) throw notVerified();
    this.#count(user, "ResendConfirmationCode");
    const before = user.codes.get("SignUp");
    if (before) user.replaced.add(before.name);
    return this.#send(user, "SignUp");
  }

  // ---- Passwords ----

  #setPassword(user: User, password: Password, isPermanent: boolean): void {
    this.#passwords += 1;
    user.password = password;
    user.passwordNumber = this.#passwords;
    if (isPermanent) user.own.unshift(password);
    else user.temporaryUntil = this.now + TEMPORARY_PASSWORD_LIFE;
  }
  /** Temporary passwords are neither counted in the history nor held to it. */
  #checkHistory(user: User, password: Password): void {
    if (user.own.slice(0, this.settings.history).includes(password))
      throw new Refusal("PasswordHistoryPolicyViolationException");
  }
  forgotPassword({ client, name }: { client: ClientName; name: Username }) {
    if (!this.settings.recovers) throw notAuthorized("Contact administrator to reset password.");
    const found = this.find(name);
    if (client === "hiding" && !(found?.enabled && found.isVerified)) {
      this.#count(this.#unknown(name), "RecoverPassword");
      return { CodeDeliveryDetails: DELIVERY };
    }
    const user = this.#requireByClient(name);
    if (!user.enabled) throw disabled();
    if (user.status === "FORCE_CHANGE_PASSWORD") throw wrongState();
    this.#requireRecoverable(user);
    this.#count(user, "RecoverPassword");
    return this.#send(user, "ForgotPassword");
  }
  #requireRecoverable(user: User): void {
    if (!user.isVerified)
      throw new Refusal(
        "InvalidParameterException",
        "Cannot reset password for the user as there is no registered/verified email or phone_number",
      );
  }
  confirmForgotPassword(args: { client: ClientName; name: Username; code: string; password: Password }) {
    if (args.password === "weak") throw new Refusal("InvalidPasswordException");
    if (args.client === "hiding" && !this.find(args.name)?.enabled) {
      this.#count(this.#unknown(args.name), "RecoverPassword");
      throw wrongCode();
    }
    const user = this.#requireByClient(args.name);
    if (!user.enabled) throw disabled();
    this.#count(user, "RecoverPassword");
    this.#checkCode(user, "ForgotPassword", args.code);
    this.#requireSameAddress(user, "ForgotPassword");
    this.#checkHistory(user, args.password);
    // An administrator has set a temporary password since the code was sent.
    if (user.status === "FORCE_CHANGE_PASSWORD") throw wrongState();
    this.#setPassword(user, args.password, true);
    user.status = "CONFIRMED";
    user.codes.delete("ForgotPassword");
    user.failures = NO_FAILURES;
    return {};
  }
  changePassword(args: { token: string; previous: Password; proposed: Password }) {
    const user = this.#bearer(args.token);
    if (user.status === "RESET_REQUIRED") throw new Refusal("PasswordResetRequiredException");
    if (user.status === "FORCE_CHANGE_PASSWORD") throw wrongState();
    if (args.proposed === "weak") throw new Refusal("InvalidPasswordException");
    this.#count(user, "ChangePassword");
    if (user.password !== args.previous) throw wrongPassword();
    this.#checkHistory(user, args.proposed);
    this.#setPassword(user, args.proposed, true);
    return {};
  }
  adminSetUserPassword(args: { name: Username; password: Password; isPermanent: boolean }) {
    if (args.password === "weak") throw new Refusal("InvalidPasswordException");
    const user = this.#require(args.name);
    if (args.isPermanent) this.#checkHistory(user, args.password);
    this.#setPassword(user, args.password, args.isPermanent);
    user.status = args.isPermanent ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD";
    return {};
  }
  adminResetUserPassword({ name }: { name: Username }) {
    const user = this.#require(name);
    if (!user.enabled) throw disabled();
    if (user.status === "FORCE_CHANGE_PASSWORD" || user.status === "UNCONFIRMED") throw wrongState();
    if (!this.settings.recovers) throw new Refusal("InvalidParameterException");
    this.#requireRecoverable(user);
    user.status = "RESET_REQUIRED";
    this.#send(user, "ForgotPassword");
    return {};
  }

  // ---- Sign-in ----

  signIn({ client, name, password }: { client: ClientName; name: Username; password: Password }) {
    if (client === "hiding" && !this.find(name)) {
      this.#requireNotLockedOut(this.#unknown(name));
      throw this.#fail(this.#unknown(name));
    }
    const user = this.#require(name);
    this.#requireNotLockedOut(user);
    if (user.status === "RESET_REQUIRED") throw new Refusal("PasswordResetRequiredException");
    // Whatever the password is, so that apps lead users to the confirmation.
    if (user.status === "UNCONFIRMED" && user.enabled) throw new Refusal("UserNotConfirmedException");
    if (user.password !== password) throw this.#fail(user);
    if (!user.enabled) throw disabled();
    if (user.status === "FORCE_CHANGE_PASSWORD") {
      if (user.temporaryUntil <= this.now)
        throw notAuthorized("Temporary password has expired and must be reset by an administrator.");
      return this.#newPasswordRequired(user, client);
    }
    return this.#tokensFor(user);
  }
  #newPasswordRequired(user: User, client: ClientName) {
    const session = `«session ${this.challenges.length + 1}»`;
    const expiresAt = this.now + SESSION_LIFE;
    const { passwordNumber } = user;
    this.challenges.push({ session, user, client, passwordNumber, expiresAt, isUsed: false });
    return { session };
  }
  #tokensFor(user: User) {
    user.failures = NO_FAILURES;
    this.#tokens += 1;
    const token = `«token ${this.#tokens}»`;
    this.tokens.set(token, { user, expiresAt: this.now + ACCESS_TOKEN_LIFE, isRevoked: false });
    return { token };
  }
  respond({ challenge, password }: { challenge: Challenge; password: Password }) {
    const { user } = challenge;
    const isOver = challenge.expiresAt <= this.now || challenge.isUsed || !this.users.includes(user);
    if (isOver || user.passwordNumber !== challenge.passwordNumber)
      throw new Refusal("NotAuthorizedException");
    this.#requireNotLockedOut(user);
    if (!user.enabled) throw disabled();
    if (user.temporaryUntil <= this.now) throw new Refusal("NotAuthorizedException");
    if (password === "weak") throw new Refusal("InvalidPasswordException");
    this.#checkHistory(user, password);
    this.#setPassword(user, password, true);
    user.status = "CONFIRMED";
    challenge.isUsed = true;
    return this.#tokensFor(user);
  }

  // ---- Addresses ----

  #bearer(token: string): User {
    const held = this.tokens.get(token);
    if (held === undefined || held.expiresAt <= this.now) throw new Refusal("NotAuthorizedException");
    if (!this.users.includes(held.user)) {
      // Another user may have the name since.
      const another = this.find(held.user.name);
      if (another === undefined) throw new Refusal("UserNotFoundException", "User does not exist.");
      throw new Refusal(
        another.status === "UNCONFIRMED" ? "UserNotConfirmedException" : "NotAuthorizedException",
      );
    }
    if (!held.user.enabled) throw disabled();
    if (held.isRevoked) throw notAuthorized("Access Token has been revoked");
    return held.user;
  }
  getUserAttributeVerificationCode({ token }: { token: string }) {
    const user = this.#bearer(token);
    this.#count(user, "GetUserAttributeVerificationCode");
    return this.#send(user, "email");
  }
  verifyUserAttribute({ token, code }: { token: string; code: string }) {
    const user = this.#bearer(token);
    this.#tryCode(user, "email", "VerifyUserAttribute", code);
    user.isVerified = true;
    return {};
  }
  /** A new address is unverified unless the administrator says otherwise, and gets a code where the pool verifies addresses. */
  adminUpdateEmail({ name, email, isVerified }: { name: Username; email: string; isVerified: boolean }) {
    const user = this.#require(name);
    const isNew = user.email !== email;
    user.email = email;
    user.isVerified = isVerified || (user.isVerified && !isNew);
    if (isNew && !isVerified && this.settings.verifies) this.#send(user, "email");
    return {};
  }

  // ---- Administrators ----

  adminConfirmSignUp({ name }: { name: Username }) {
    const user = this.#require(name);
    if (user.status !== "UNCONFIRMED")
      throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
    user.status = "CONFIRMED";
    return {};
  }
  adminDisableUser({ name }: { name: Username }) {
    const user = this.#require(name);
    user.enabled = false;
    for (const token of this.tokens.values()) if (token.user === user) token.isRevoked = true;
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

  state() {
    return this.users.map(({ name, email, isVerified, enabled, status }) => ({
      Username: name,
      email,
      isVerified,
      Enabled: enabled,
      UserStatus: status,
    }));
  }
}
