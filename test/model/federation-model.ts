/**
 * Whom a sign-in at an external provider signs in, written down once more from the Developer Guide, "Linking federated users to an
 * existing user profile", "Mapping IdP attributes to profiles and tokens"; API Reference, "AdminLinkProviderForUser" and
 * "AdminDisableProviderForUser"; and from what was observed of both. Where these are silent, docs/compatibility says what was chosen.
 *
 * Two providers map `email` and `email_verified`. Names of local users are `jane`, `joe`, and one that a profile of `Corp` would have.
 */
import { type Model, Refusal } from "./sequences.ts";

export type Provider = "Corp" | "Partner";
export type Username = "jane" | "joe" | "Corp_1" | "Corp_2" | "Partner_1" | "Partner_2";

/** How an identity is named: by its id at the provider, or by an attribute that the provider's claims are mapped to. */
export interface IdentityKey {
  readonly provider: Provider;
  readonly by: "Cognito_Subject" | "email";
  readonly value: string;
}

interface User {
  readonly username: string;
  /** Which identity made the profile. */
  readonly own: { readonly provider: Provider; readonly subject: string } | undefined;
  status: "CONFIRMED" | "FORCE_CHANGE_PASSWORD" | "EXTERNAL_PROVIDER";
  enabled: boolean;
  hasPassword: boolean;
  email: string | undefined;
}

interface Link {
  key: IdentityKey;
  readonly user: User;
}

const MAX_LINKS = 5;

export class FederationModel implements Model {
  now = 0;
  readonly messages: { code?: string; to: string }[] = [];
  readonly users: User[] = [];
  links: Link[] = [];

  find(username: string): User | undefined {
    return this.users.find((user) => user.username === username);
  }
  #require(username: string): User {
    const user = this.find(username);
    if (user === undefined) throw new Refusal("UserNotFoundException");
    return user;
  }
  #link({ provider, by, value }: IdentityKey): Link | undefined {
    return this.links.find(({ key }) => key.provider === provider && key.by === by && key.value === value);
  }
  #linksOf(user: User): readonly Link[] {
    return this.links.filter((link) => link.user === user);
  }

  // ---- Sign-ins ----

  /**
   * The identity is that of the user whom it is linked to, else of its own profile, which the first sign-in makes. A link by an
   * attribute becomes one by the subject when it is first used.
   */
  signInAtProvider({ provider, subject, email }: FederatedArgs) {
    const link =
      this.#link({ provider, by: "Cognito_Subject", value: subject }) ??
      (email ? this.#link({ provider, by: "email", value: email }) : undefined);
    const username = `${provider}_${subject}`;
    const user = link?.user ?? this.find(username);
    if (user === undefined) {
      const made: User = {
        username,
        own: { provider, subject },
        status: "EXTERNAL_PROVIDER",
        enabled: true,
        hasPassword: false,
        email: email || undefined,
      };
      this.users.push(made);
      return this.#claims(made);
    }
    // A local user can have that name, and must not be handed the provider's user.
    if (link === undefined && (user.own?.provider !== provider || user.own.subject !== subject))
      throw new Refusal("invalid_request", `Already found an entry for username ${username}`);
    if (!user.enabled) throw new Refusal("invalid_request", "User is not enabled");
    if (link) link.key = { provider, by: "Cognito_Subject", value: subject };
    // A claim that is missing leaves the value, a blank one takes it away.
    if (email !== undefined) user.email = email || undefined;
    return this.#claims(user);
  }
  #claims(user: User) {
    const { username, own, email } = user;
    const identities = this.identitiesOf(user);
    return {
      username,
      ...(email !== undefined && { email }),
      ...(own && { groups: [`«pool»_${own.provider}`] }),
      ...(identities.length > 0 && { identities }),
    };
  }
  identitiesOf(user: User): readonly string[] {
    const linked = this.#linksOf(user).map(({ key: { provider, value } }) => `${provider} ${value} linked`);
    return [...(user.own ? [`${user.own.provider} ${user.own.subject} own`] : []), ...linked].sort();
  }
  signIn({ username }: { username: Username }) {
    const user = this.#require(username);
    // A user without a password signs in at a provider.
    if (!user.hasPassword || !user.enabled) throw new Refusal("NotAuthorizedException");
    if (user.status === "FORCE_CHANGE_PASSWORD") return { challenge: "NEW_PASSWORD_REQUIRED" };
    return { username };
  }

  // ---- Links ----

  /** The identity must not have signed in before, and is linked to one user. */
  link({ destination, source }: { destination: Username; source: IdentityKey }) {
    const user = this.#require(destination);
    if (this.find(`${source.provider}_${source.value}`))
      throw new Refusal(
        "InvalidParameterException",
        "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link",
      );
    const linked = this.#link(source);
    if (linked?.user === user)
      throw new Refusal("InvalidParameterException", "SourceUser is already linked to DestinationUser");
    if (linked) throw new Refusal("InvalidParameterException");
    if (this.#linksOf(user).length >= MAX_LINKS) throw new Refusal("LimitExceededException");
    this.links.push({ key: source, user });
    return {};
  }
  /** The next sign-in of the identity is of a profile of its own. */
  disable({ source }: { source: IdentityKey }) {
    const linked = this.#link(source);
    if (linked === undefined) throw new Refusal("UserNotFoundException");
    this.links = this.links.filter((link) => link !== linked);
    return {};
  }
  /** The user signs in at providers alone, until an administrator sets a password. */
  disablePassword({ username }: { username: Username }) {
    const user = this.#require(username);
    user.hasPassword = false;
    user.status = "EXTERNAL_PROVIDER";
    return {};
  }

  // ---- Administrators ----

  adminCreateUser({ username, email }: { username: Username; email: string | undefined }) {
    if (this.find(username)) throw new Refusal("UsernameExistsException");
    this.users.push({
      username,
      own: undefined,
      status: "FORCE_CHANGE_PASSWORD",
      enabled: true,
      hasPassword: true,
      email,
    });
    return { username };
  }
  /** A profile that a provider made signs in both ways from then on. */
  adminSetUserPassword({ username }: { username: Username }) {
    const user = this.#require(username);
    user.hasPassword = true;
    user.status = "CONFIRMED";
    return {};
  }
  adminDisableUser({ username }: { username: Username }) {
    this.#require(username).enabled = false;
    return {};
  }
  adminEnableUser({ username }: { username: Username }) {
    this.#require(username).enabled = true;
    return {};
  }
  /** The links go with the user. */
  adminDeleteUser({ username }: { username: Username }) {
    const user = this.#require(username);
    this.users.splice(this.users.indexOf(user), 1);
    this.links = this.links.filter((link) => link.user !== user);
    return {};
  }

  state() {
    return this.users.map((user) => ({
      username: user.username,
      status: user.status,
      enabled: user.enabled,
      ...(user.email !== undefined && { email: user.email }),
      identities: this.identitiesOf(user),
    }));
  }
}

export interface FederatedArgs {
  readonly provider: Provider;
  readonly subject: string;
  /** The claim; blank, or missing. */
  readonly email: string | undefined;
}
