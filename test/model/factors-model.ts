/**
 * The rules of second factors and devices, written down once more from the Developer Guide, "Adding MFA to a user pool" (section
 * "Details of MFA logic at user runtime"), "SMS and email message MFA", "TOTP software token MFA", "Working with user devices in your
 * user pool"; API Reference of each operation; and from what was measured in 2026. Decisions 160, 329 and 360 say what was chosen where
 * these are silent.
 *
 * Two users sign in with one password: `amy` has both addresses at first, `bea` none.
 */
import { type Failures, isLockedOut, NO_FAILURES, withOneMore } from "./lockout.ts";
import { type Model, Refusal } from "./sequences.ts";
import { DAY, HOUR, MINUTE, SECOND } from "./time.ts";

export type Username = "amy" | "bea";
export type Factor = "SMS_MFA" | "EMAIL_OTP" | "SOFTWARE_TOKEN_MFA";
export type Address = "email" | "phone_number";

export interface FactorsSettings {
  readonly mfa: "OFF" | "OPTIONAL" | "ON";
  /** The second factors of the pool, where it has any. */
  readonly factors: readonly Factor[];
  /** The address that passwords are recovered by first; undefined where administrators do that. */
  readonly recovery: Address | undefined;
  /** Undefined where devices are not tracked. */
  readonly devices: { readonly replaceMfa: boolean; readonly askUser: boolean } | undefined;
}

interface User {
  readonly name: Username;
  readonly addresses: Partial<Record<Address, "verified" | "unverified">>;
  /** The secret of the authenticator app. */
  app: string | undefined;
  pendingApp: string | undefined;
  /** The half minute of the app's last code that was accepted. */
  lastAppStep: number;
  readonly enabled: Set<Factor>;
  preferred: Factor | undefined;
  failures: Failures;
}

export interface Device {
  readonly key: string;
  readonly user: User;
  isRemembered: boolean;
  /** Whether a second factor was proved on it: without that it is worth no more than the password. */
  hasProvedMfa: boolean;
}

/** A challenge that waits for its answer. */
export interface Challenge {
  /** Changes where an authenticator app is set up. A device that proves itself has a secret block in its place. */
  session: string;
  readonly name: Factor | "SELECT_MFA_TYPE" | "MFA_SETUP" | "DEVICE_SRP_AUTH" | "DEVICE_PASSWORD_VERIFIER";
  readonly user: User;
  /** The key that the request named. */
  readonly deviceKey: string | undefined;
  expiresAt: number;
  readonly code: string | undefined;
  /** Whether the factor is set up by the answer. */
  readonly isSetup: boolean;
  /** Of MFA_SETUP: the secret that AssociateSoftwareToken gave. */
  app: string | undefined;
  isAppVerified: boolean;
  isUsed: boolean;
}

interface SignIn {
  readonly user: User;
  readonly deviceKey: string | undefined;
  readonly createdAt: number;
}

export const WAITS = [
  5 * SECOND,
  30 * SECOND,
  30 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  16 * MINUTE,
  61 * MINUTE,
  25 * HOUR,
];
const SESSION_LIFE = 3 * MINUTE;
/** As the client of these sequences has them. */
const ACCESS_TOKEN_LIFE = DAY;
const REFRESH_TOKEN_LIFE = 3 * DAY;
/** How long after a sign-in with a second factor a device that is confirmed counts as proved by it. */
const PROOF_LIFE = DAY;
const ADDRESS_OF = { SMS_MFA: "phone_number", EMAIL_OTP: "email" } as const;
export const VALUES = {
  amy: { email: "amy@example.com", phone_number: "+15550104567" },
  bea: { email: "bea@example.com", phone_number: "+15550107654" },
} as const;

const invalidSession = () => new Refusal("NotAuthorizedException");
const noDevice = () => new Refusal("ResourceNotFoundException", "Device does not exist.");

export class FactorsModel implements Model {
  now = 0;
  readonly messages: { code?: string; to: string }[] = [];
  readonly users: User[] = [];
  readonly challenges: Challenge[] = [];
  readonly accessTokens = new Map<string, SignIn>();
  readonly refreshTokens = new Map<string, SignIn>();
  /** Those that were confirmed, in that order. */
  devices: Device[] = [];
  /** Until when a new device counts as proved by a second factor. */
  readonly #proofs = new Map<string, number>();
  readonly settings: FactorsSettings;
  #made = 0;

  constructor(settings: FactorsSettings) {
    this.settings = settings;
    for (const name of ["amy", "bea"] as const) {
      this.users.push({
        name,
        addresses: name === "amy" ? { email: "unverified", phone_number: "unverified" } : {},
        app: undefined,
        pendingApp: undefined,
        lastAppStep: 0,
        enabled: new Set(),
        preferred: undefined,
        failures: NO_FAILURES,
      });
    }
  }

  user(name: Username): User {
    const user = this.users.find((one) => one.name === name);
    if (user === undefined) throw new Error(`${name} is not there.`);
    return user;
  }
  #name(kind: string): string {
    this.#made += 1;
    return `«${kind} ${this.#made}»`;
  }

  // ---- Lockout ----

  #requireNotLockedOut({ failures }: User): void {
    if (isLockedOut(failures, this.now))
      throw new Refusal("NotAuthorizedException", "Password attempts exceeded");
  }
  #fail(user: User, exception: string): Refusal {
    user.failures = withOneMore(user.failures, this.now);
    return new Refusal(exception);
  }

  // ---- Which factor is asked for ----

  #has(user: User, factor: Factor): boolean {
    return factor === "SOFTWARE_TOKEN_MFA"
      ? user.app !== undefined
      : user.addresses[ADDRESS_OF[factor]] !== undefined;
  }
  /** Where MFA is on, a factor needs no activation, but for the address that recovers passwords. */
  usable(user: User): readonly Factor[] {
    const { factors, mfa, recovery } = this.settings;
    return factors.filter((factor) => {
      const isForRecovery = factor !== "SOFTWARE_TOKEN_MFA" && ADDRESS_OF[factor] === recovery;
      const isActive = user.enabled.has(factor) || (mfa === "ON" && !isForRecovery);
      return isActive && this.#has(user, factor);
    });
  }
  #toSetUp(user: User): readonly Factor[] {
    return this.settings.factors.filter((factor) => !this.#has(user, factor));
  }
  #mustSetUp(user: User): boolean {
    return this.settings.mfa === "ON" && this.usable(user).length === 0 && this.#toSetUp(user).length > 0;
  }
  #mfaChallenge(user: User): Factor | "SELECT_MFA_TYPE" | "MFA_SETUP" | undefined {
    if (this.settings.mfa === "OFF") return undefined;
    const usable = this.usable(user);
    if (user.preferred !== undefined && usable.includes(user.preferred)) return user.preferred;
    const [only, another] = usable;
    if (only !== undefined) return another === undefined ? only : "SELECT_MFA_TYPE";
    if (this.settings.mfa === "OPTIONAL") return undefined;
    if (this.#toSetUp(user).length > 0) return "MFA_SETUP";
    // The user cannot sign in: the only address recovers the password.
    throw new Refusal("InvalidUserPoolConfigurationException");
  }

  // ---- Signing in ----

  signIn({ name, isRight, deviceKey }: { name: Username; isRight: boolean; deviceKey: string | undefined }) {
    const user = this.user(name);
    this.#requireNotLockedOut(user);
    if (!isRight) throw this.#fail(user, "NotAuthorizedException");
    const device = this.#namedDevice(user, deviceKey);
    const { replaceMfa = false } = this.settings.devices ?? {};
    if (device?.isRemembered && replaceMfa && device.hasProvedMfa)
      return this.#challenge(user, deviceKey, "DEVICE_SRP_AUTH");
    const second = this.#mfaChallenge(user);
    if (second !== undefined) return this.#challenge(user, deviceKey, second);
    if (device?.isRemembered) return this.#challenge(user, deviceKey, "DEVICE_SRP_AUTH");
    return this.#tokensFor(user, deviceKey, false);
  }
  /** A key that is not the user's is refused; where devices are not tracked it says nothing. */
  #namedDevice(user: User, key: string | undefined): Device | undefined {
    if (key === undefined || this.settings.devices === undefined) return undefined;
    const device = this.device(key);
    if (device?.user !== user) throw noDevice();
    return device;
  }
  device(key: string): Device | undefined {
    return this.devices.find((one) => one.key === key);
  }
  #challenge(user: User, deviceKey: string | undefined, name: Challenge["name"], isSetup = false) {
    const isSent = name === "SMS_MFA" || name === "EMAIL_OTP";
    const code = isSent ? this.#name("code") : undefined;
    if (isSent) this.messages.push({ ...(code && { code }), to: VALUES[user.name][ADDRESS_OF[name]] });
    const hasBlock = name === "DEVICE_PASSWORD_VERIFIER";
    const challenge: Challenge = {
      session: this.#name(hasBlock ? "secret block" : "session"),
      name,
      user,
      deviceKey,
      expiresAt: this.now + SESSION_LIFE,
      code,
      isSetup,
      app: undefined,
      isAppVerified: false,
      isUsed: false,
    };
    this.challenges.push(challenge);
    const { session } = challenge;
    return { challenge: name, ...(hasBlock ? { secretBlock: session } : { session }) };
  }
  #tokensFor(user: User, named: string | undefined, hasProvedMfa: boolean) {
    const device = this.#namedDevice(user, named);
    user.failures = NO_FAILURES;
    if (device && hasProvedMfa) device.hasProvedMfa = true;
    const isTracked = this.settings.devices !== undefined;
    const newDevice = isTracked && device === undefined ? this.#name("device") : undefined;
    if (newDevice !== undefined && hasProvedMfa) this.#proofs.set(newDevice, this.now + PROOF_LIFE);
    const signIn: SignIn = { user, deviceKey: newDevice ?? device?.key, createdAt: this.now };
    const refresh = this.#name("refresh token");
    this.refreshTokens.set(refresh, signIn);
    return { ...this.#accessToken(signIn), refresh, ...(newDevice && { newDevice }) };
  }
  #accessToken(signIn: SignIn) {
    const access = this.#name("access token");
    this.accessTokens.set(access, { ...signIn, createdAt: this.now });
    return { access, ...(signIn.deviceKey && { deviceKey: signIn.deviceKey }) };
  }

  // ---- Answers ----

  #open(challenge: Challenge): User {
    if (challenge.expiresAt <= this.now || challenge.isUsed) throw invalidSession();
    return challenge.user;
  }
  respond({ challenge, isRight, choice }: RespondArgs) {
    const user = this.#open(challenge);
    this.#requireNotLockedOut(user);
    const next = (name: Challenge["name"], isSetup = false) => {
      challenge.isUsed = true;
      return this.#challenge(user, challenge.deviceKey, name, isSetup);
    };
    switch (challenge.name) {
      case "SELECT_MFA_TYPE":
        if (!this.usable(user).includes(choice)) throw new Refusal("InvalidParameterException");
        return next(choice);
      case "MFA_SETUP":
        if (challenge.isAppVerified) break;
        if (!this.#mustSetUp(user)) throw invalidSession();
        // By an e-mail address that the answer names.
        if (choice === "EMAIL_OTP" && this.#toSetUp(user).includes("EMAIL_OTP"))
          return next("EMAIL_OTP", true);
        throw new Refusal("InvalidParameterException");
      case "DEVICE_SRP_AUTH":
        this.#requireProving(challenge);
        return next("DEVICE_PASSWORD_VERIFIER");
      case "DEVICE_PASSWORD_VERIFIER":
        this.#requireProving(challenge);
        // A wrong proof of a device does not lock its user out.
        if (!isRight) throw new Refusal("NotAuthorizedException");
        return this.#afterDevice(challenge);
      case "SOFTWARE_TOKEN_MFA": {
        if (!isRight) throw this.#fail(user, "CodeMismatchException");
        // A code that was right before is no guess, and does not count towards the lockout.
        if (this.appStep() <= user.lastAppStep) throw new Refusal("ExpiredCodeException");
        this.#namedDevice(user, challenge.deviceKey);
        user.lastAppStep = this.appStep();
        break;
      }
      default:
        if (!isRight) throw this.#fail(user, "CodeMismatchException");
        if (challenge.isSetup && !this.#mustSetUp(user)) throw invalidSession();
        this.#namedDevice(user, challenge.deviceKey);
        this.#prove(user, challenge.name, challenge.isSetup);
    }
    const tokens = this.#tokensFor(user, challenge.deviceKey, true);
    challenge.isUsed = true;
    return tokens;
  }
  /** A second factor that is demanded since the device was asked is asked for, too, if the device does not replace it. */
  #afterDevice(challenge: Challenge) {
    const { user, deviceKey } = challenge;
    const replacesMfa = this.settings.devices?.replaceMfa && this.#namedDevice(user, deviceKey)?.hasProvedMfa;
    const second = replacesMfa ? undefined : this.#mfaChallenge(user);
    challenge.isUsed = true;
    return second === undefined
      ? this.#tokensFor(user, deviceKey, false)
      : this.#challenge(user, deviceKey, second);
  }
  /** The address is verified and the factor the user's own from then on. An address that was deleted meanwhile stays so. */
  #prove(user: User, factor: "SMS_MFA" | "EMAIL_OTP", isSetup: boolean): void {
    const address = ADDRESS_OF[factor];
    if (isSetup || user.addresses[address] !== undefined) user.addresses[address] = "verified";
    user.enabled.add(factor);
  }
  /** A device that was forgotten, or is not remembered any more, proves nothing. */
  #requireProving({ user, deviceKey }: Challenge): void {
    const device = this.#namedDevice(user, deviceKey);
    if (!device?.isRemembered) throw new Refusal("NotAuthorizedException");
  }
  /** Codes of an app are good for a half minute, and each is accepted once. */
  appStep(): number {
    return Math.floor(this.now / (30 * SECOND));
  }

  // ---- Authenticator apps, by a Session or by an access token ----

  associateBySession({ challenge }: { challenge: Challenge }) {
    const user = this.#open(challenge);
    if (challenge.isAppVerified || !this.#mustSetUp(user)) throw invalidSession();
    this.#requireNotLockedOut(user);
    this.#requireApps();
    challenge.app = this.#name("secret");
    challenge.session = this.#name("session");
    challenge.expiresAt = this.now + SESSION_LIFE;
    return { secret: challenge.app, session: challenge.session };
  }
  #requireApps(): void {
    if (!this.settings.factors.includes("SOFTWARE_TOKEN_MFA"))
      throw new Refusal("SoftwareTokenMFANotFoundException");
  }
  /** Where MFA is on, this alone makes the app a factor of the user. */
  verifyBySession({ challenge, isRight }: { challenge: Challenge; isRight: boolean }) {
    const user = this.#open(challenge);
    if (challenge.isAppVerified || !this.#mustSetUp(user)) throw invalidSession();
    this.#requireNotLockedOut(user);
    this.#requireApps();
    if (challenge.app === undefined) throw new Refusal("SoftwareTokenMFANotFoundException");
    if (!isRight) throw new Refusal("EnableSoftwareTokenMFAException");
    this.#register(user, challenge.app);
    challenge.isAppVerified = true;
    challenge.session = this.#name("session");
    challenge.expiresAt = this.now + SESSION_LIFE;
    return { session: challenge.session };
  }
  #register(user: User, app: string): void {
    user.app = app;
    user.pendingApp = undefined;
    user.lastAppStep = this.appStep();
    if (this.settings.mfa === "ON") user.enabled.add("SOFTWARE_TOKEN_MFA");
  }
  #bearer(token: string): User {
    const signIn = this.accessTokens.get(token);
    if (signIn === undefined || this.now >= signIn.createdAt + ACCESS_TOKEN_LIFE)
      throw new Refusal("NotAuthorizedException");
    return signIn.user;
  }
  associate({ token }: { token: string }) {
    const user = this.#bearer(token);
    this.#requireApps();
    user.pendingApp = this.#name("secret");
    return { secret: user.pendingApp };
  }
  verify({ token, isRight }: { token: string; isRight: boolean }) {
    const user = this.#bearer(token);
    this.#requireApps();
    if (user.pendingApp === undefined) throw new Refusal("SoftwareTokenMFANotFoundException");
    if (!isRight) throw new Refusal("EnableSoftwareTokenMFAException");
    this.#register(user, user.pendingApp);
    return {};
  }

  // ---- Preferences ----

  setPreference({ token, preferences }: { token: string; preferences: Preferences }) {
    return this.#setPreference(this.#bearer(token), preferences);
  }
  adminSetPreference({ name, preferences }: { name: Username; preferences: Preferences }) {
    return this.#setPreference(this.user(name), preferences);
  }
  /** A factor that is not named is left alone. One that is preferred takes the place of another. Refused as a whole. */
  #setPreference(user: User, preferences: Preferences) {
    const named = Object.entries(preferences) as [Factor, Preference][];
    if (named.filter(([, { isPreferred }]) => isPreferred).length > 1)
      throw new Refusal("InvalidParameterException");
    for (const [factor, { isEnabled, isPreferred }] of named) {
      const isPossible = this.settings.factors.includes(factor) && this.#has(user, factor);
      if ((isEnabled && !isPossible) || (isPreferred && !isEnabled))
        throw new Refusal("InvalidParameterException");
    }
    for (const [factor, { isEnabled, isPreferred }] of named) {
      if (isEnabled) user.enabled.add(factor);
      else user.enabled.delete(factor);
      if (isPreferred) user.preferred = factor;
      else if (user.preferred === factor) user.preferred = undefined;
    }
    return {};
  }
  getUser({ token }: { token: string }) {
    return this.#shown(this.#bearer(token));
  }
  #shown({ enabled, preferred }: User) {
    return { factors: [...enabled].sort(), ...(preferred && { preferred }) };
  }
  /** An administrator sets an address, which is unverified then unless it was the same before, or deletes it. */
  setAddress({ name, address, isThere }: { name: Username; address: Address; isThere: boolean }) {
    const { addresses } = this.user(name);
    if (!isThere) delete addresses[address];
    else addresses[address] ??= "unverified";
    return {};
  }

  // ---- Devices ----

  #tracked(): NonNullable<FactorsSettings["devices"]> {
    if (this.settings.devices === undefined) throw new Refusal("InvalidUserPoolConfigurationException");
    return this.settings.devices;
  }
  /** By a token of the sign-in that got the key. */
  confirmDevice({ token, key }: { token: string; key: string }) {
    const user = this.#bearer(token);
    const { askUser } = this.#tracked();
    if (this.accessTokens.get(token)?.deviceKey !== key) throw new Refusal("InvalidParameterException");
    if (this.device(key)) throw new Refusal("DeviceKeyExistsException");
    const hasProvedMfa = this.now < (this.#proofs.get(key) ?? 0);
    this.devices.push({ key, user, isRemembered: !askUser, hasProvedMfa });
    return { UserConfirmationNecessary: askUser };
  }
  #deviceOf(user: User, key: string): Device {
    const device = this.device(key);
    if (device?.user !== user) throw noDevice();
    return device;
  }
  updateDeviceStatus({ token, key, isRemembered }: { token: string; key: string; isRemembered: boolean }) {
    const user = this.#bearer(token);
    this.#tracked();
    this.#deviceOf(user, key).isRemembered = isRemembered;
    return {};
  }
  forgetDevice({ token, key }: { token: string; key: string }) {
    const user = this.#bearer(token);
    this.#tracked();
    return this.#forget(this.#deviceOf(user, key));
  }
  adminForgetDevice({ name, key }: { name: Username; key: string }) {
    const user = this.user(name);
    this.#tracked();
    return this.#forget(this.#deviceOf(user, key));
  }
  #forget(device: Device) {
    this.devices = this.devices.filter((other) => other !== device);
    return {};
  }
  /** The user sees those that are remembered. */
  listDevices({ token }: { token: string }) {
    const user = this.#bearer(token);
    this.#tracked();
    return this.devices.filter((device) => device.user === user && device.isRemembered).map(({ key }) => key);
  }
  /** A sign-in on a device is refreshed with the key of it, while the device is kept. */
  refresh({ token, key }: { token: string; key: string | undefined }) {
    const signIn = this.refreshTokens.get(token);
    if (signIn === undefined || this.now >= signIn.createdAt + REFRESH_TOKEN_LIFE)
      throw new Refusal("NotAuthorizedException");
    const { deviceKey, user } = signIn;
    if (deviceKey !== undefined && (key !== deviceKey || this.device(deviceKey)?.user !== user))
      throw new Refusal("NotAuthorizedException", "Invalid Refresh Token.");
    return this.#accessToken(signIn);
  }

  state() {
    return this.users.map((user) => ({
      name: user.name,
      ...this.#shown(user),
      addresses: user.addresses,
      devices: this.devices
        .filter((device) => device.user === user)
        .map(({ key, isRemembered }) => `${key} ${isRemembered ? "remembered" : "not_remembered"}`)
        .sort(),
    }));
  }
}

interface RespondArgs {
  readonly challenge: Challenge;
  readonly isRight: boolean;
  readonly choice: Factor;
}
interface Preference {
  readonly isEnabled: boolean;
  readonly isPreferred: boolean;
}
export type Preferences = Readonly<Partial<Record<Factor, Preference>>>;
