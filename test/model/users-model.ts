/**
 * What a user pool must do with users, their names, attributes and groups, written down once more from Cognito's documentation:
 * Developer Guide, "Customizing sign-in attributes", "Configuring email or phone verification", "Managing and searching for user
 * accounts", "Adding groups to a user pool"; API Reference of each operation. Where these are silent, docs/compatibility says
 * what was chosen.
 *
 * Users sign in with one password. Who confirms a sign-up, verifies an address or signs in gives the names that steps use:
 * `«user 1»` is the `sub` of the first user, `«code 1»` the first code, `«token 1»` the first access token.
 */
import { type Model, Refusal } from "./sequences.ts";
import { DAY, HOUR } from "./time.ts";

export type Address = "email" | "phone_number";
export type Alias = Address | "preferred_username";
export type Attributes = Readonly<Record<string, string>>;

export interface PoolSettings {
  /** Whether names are free, beside aliases, or are addresses themselves. */
  readonly names: { readonly aliases: readonly Alias[] } | { readonly addresses: readonly Address[] };
  readonly caseSensitive: boolean;
  readonly autoVerified: readonly Address[];
  readonly verifiedBeforeUpdate: readonly Address[];
}

/** The ARN of a role ends in it. */
export type Role = "reader" | "writer";

interface User {
  /** Users are listed in the order in which they were made. */
  readonly number: number;
  /** `«user n»`: the `sub`. */
  readonly sub: string;
  readonly username: string;
  status: "UNCONFIRMED" | "CONFIRMED" | "FORCE_CHANGE_PASSWORD";
  enabled: boolean;
  attributes: Record<string, string>;
  /** Addresses that wait for their code while the one before is in use. */
  pending: Partial<Record<Address, string>>;
  /** The newest code of each purpose. */
  readonly codes: Map<"SignUp" | Address, Code>;
  /** Codes of the sign-up that another replaced. */
  readonly replaced: Set<string>;
}

interface Code {
  readonly name: string;
  readonly attribute: Address;
  readonly value: string;
  readonly expiresAt: number;
}

interface Token {
  readonly user: User;
  readonly expiresAt: number;
  isRevoked: boolean;
}

interface Group {
  readonly name: string;
  precedence: number | undefined;
  description: string | undefined;
  role: Role | undefined;
  /** In the order of joining. */
  readonly members: User[];
}

const CODE_LIFE = DAY;
/** As the client of these sequences has it. */
export const TOKEN_LIFE = DAY;

export const PAGE_SIZE = 2;
const PAGE_TOKEN_LIFE = HOUR;

const ADDRESSES: readonly Address[] = ["email", "phone_number"];
const flagOf = (attribute: string) => `${attribute}_verified`;
const isEmail = (text: string) => text.includes("@");
const isPhone = (text: string) => text.startsWith("+");
const isAddress = (name: string): name is Address => name === "email" || name === "phone_number";

export class UsersModel implements Model {
  now = 0;
  readonly messages: { code?: string; to: string }[] = [];
  users: User[] = [];
  readonly tokens = new Map<string, Token>();
  readonly groups = new Map<string, Group>();
  /** The page that comes next, of a list that is being read. */
  page: { readonly token: string; readonly after: number; readonly expiresAt: number } | undefined;
  readonly settings: PoolSettings;
  #made = 0;
  #pages = 0;
  #codes = 0;
  #tokens = 0;

  constructor(settings: PoolSettings) {
    this.settings = settings;
  }

  // ---- Names ----

  get aliases(): readonly Alias[] {
    return "aliases" in this.settings.names ? this.settings.names.aliases : [];
  }
  get usernameAttributes(): readonly Address[] {
    return "addresses" in this.settings.names ? this.settings.names.addresses : [];
  }
  /** Pools that ignore case compare names in lower case. */
  fold(name: string): string {
    return this.settings.caseSensitive ? name : name.toLowerCase();
  }
  /**
   * The attributes that find a user: addresses that are usernames, verified or not; addresses that are aliases while they are
   * verified; a preferred username as soon as it is set.
   */
  namesOf({ attributes }: Pick<User, "attributes">): Map<Alias, string> {
    const names = new Map<Alias, string>();
    for (const name of this.usernameAttributes)
      if (attributes[name]) names.set(name, this.fold(attributes[name]));
    for (const name of this.aliases) {
      const isActive = name === "preferred_username" || attributes[flagOf(name)] === "true";
      if (isActive && attributes[name]) names.set(name, this.fold(attributes[name]));
    }
    return names;
  }
  /** By username, `sub` or one of the names above. In a pool one name finds one user. */
  find(name: string): User | undefined {
    const key = this.fold(name);
    return this.users.find(
      (user) =>
        this.fold(user.username) === key ||
        user.sub === name ||
        [...this.namesOf(user).values()].includes(key),
    );
  }
  require(name: string): User {
    const user = this.find(name);
    if (user === undefined) throw new Refusal("UserNotFoundException");
    return user;
  }
  /** What the user's names would be that another user has. */
  #taken(user: Pick<User, "attributes"> & { readonly sub?: string }): Alias | undefined {
    for (const [alias, name] of this.namesOf(user)) {
      const holder = this.find(name);
      if (holder !== undefined && holder.sub !== user.sub) return alias;
    }
    return undefined;
  }
  /** Takes verified addresses, as aliases, from users who have them: theirs become unverified. */
  #takeOver(user: Pick<User, "attributes"> & { readonly sub?: string }): void {
    for (const [alias, name] of this.namesOf(user)) {
      if (alias === "preferred_username" || !this.aliases.includes(alias)) continue;
      for (const holder of this.users) {
        if (holder.sub !== user.sub && this.namesOf(holder).get(alias) === name)
          holder.attributes[flagOf(alias)] = "false";
      }
    }
  }

  // ---- Users who are made ----

  /** The attributes of a new user, of whom the username is one where addresses are usernames. */
  #attributesOfNew(username: string, given: Attributes): Record<string, string> {
    const attributes = { ...given };
    if (this.usernameAttributes.length > 0) {
      const namedBy = this.usernameAttributes.find((name) =>
        name === "email" ? isEmail(username) : isPhone(username),
      );
      if (namedBy === undefined) throw new Refusal("InvalidParameterException");
      const typed = attributes[namedBy] ?? username;
      if (this.fold(typed) !== this.fold(username)) throw new Refusal("InvalidParameterException");
      attributes[namedBy] = typed;
      return attributes;
    }
    this.#requireNameForm(username);
    if (attributes.preferred_username) this.#requireNameForm(attributes.preferred_username);
    return attributes;
  }
  /** A username must not look like an address that is an alias. */
  #requireNameForm(name: string): void {
    const looksLikeAlias =
      (this.aliases.includes("email") && isEmail(name)) ||
      (this.aliases.includes("phone_number") && isPhone(name));
    if (looksLikeAlias) throw new Refusal("InvalidParameterException");
  }
  #add(username: string, attributes: Record<string, string>, status: User["status"]): User {
    this.#made += 1;
    const sub = `«user ${this.#made}»`;
    const isNamedByAddress = this.usernameAttributes.length > 0;
    const user: User = {
      number: this.#made,
      sub,
      username: isNamedByAddress ? sub : this.fold(username),
      status,
      enabled: true,
      attributes,
      pending: {},
      codes: new Map(),
      replaced: new Set(),
    };
    this.users.push(user);
    return user;
  }

  signUp({ username, attributes: given }: { username: string; attributes: Attributes }) {
    const attributes = this.#attributesOfNew(username, given);
    // A preferred username that is an alias is for confirmed users.
    if (attributes.preferred_username && this.aliases.includes("preferred_username"))
      throw new Refusal("InvalidParameterException");
    if (this.usernameAttributes.length === 0 && this.find(username))
      throw new Refusal("UsernameExistsException");
    for (const name of ADDRESSES) if (attributes[name]) attributes[flagOf(name)] = "false";
    if (this.#taken({ attributes })) throw new Refusal("UsernameExistsException");
    const user = this.#add(username, attributes, "UNCONFIRMED");
    const CodeDeliveryDetails = this.#sendSignUpCode(user);
    return { UserConfirmed: false, UserSub: user.sub, ...(CodeDeliveryDetails && { CodeDeliveryDetails }) };
  }
  /** To the phone number if the pool verifies it, else to the e-mail address; an address that is verified needs no code. */
  #sendSignUpCode(user: User) {
    const attribute = (["phone_number", "email"] as const).find(
      (name) =>
        this.settings.autoVerified.includes(name) &&
        user.attributes[name] &&
        user.attributes[flagOf(name)] !== "true",
    );
    if (attribute === undefined) return undefined;
    const before = user.codes.get("SignUp");
    if (before) user.replaced.add(before.name);
    return this.#send(user, "SignUp", attribute, user.attributes[attribute] ?? "");
  }
  #send(user: User, purpose: "SignUp" | Address, attribute: Address, value: string) {
    this.#codes += 1;
    const name = `«code ${this.#codes}»`;
    user.codes.set(purpose, { name, attribute, value, expiresAt: this.now + CODE_LIFE });
    this.messages.push({ code: name, to: value });
    const [local = "", domain = ""] = value.split("@");
    return attribute === "email"
      ? { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: `${local[0]}***@${domain[0]}***` }
      : { AttributeName: "phone_number", DeliveryMedium: "SMS", Destination: `+*******${value.slice(-4)}` };
  }
  /** @throws Refusal ExpiredCodeException, CodeMismatchException */
  #checkCode(user: User, purpose: "SignUp" | Address, given: string): Code {
    const code = user.codes.get(purpose);
    if (code === undefined || code.expiresAt <= this.now) throw new Refusal("ExpiredCodeException");
    if (purpose === "SignUp" && user.replaced.has(given)) throw new Refusal("ExpiredCodeException");
    if (code.name !== given) throw new Refusal("CodeMismatchException");
    const isStillWanted =
      user.attributes[code.attribute] === code.value || user.pending[code.attribute] === code.value;
    if (!isStillWanted) throw new Refusal("ExpiredCodeException");
    return code;
  }

  confirmSignUp({ name, code: given, force }: { name: string; code: string; force: boolean }) {
    const user = this.require(name);
    if (!user.enabled) throw new Refusal("NotAuthorizedException");
    if (user.status !== "UNCONFIRMED") throw new Refusal("NotAuthorizedException");
    const code = this.#checkCode(user, "SignUp", given);
    const attributes = { ...user.attributes, [flagOf(code.attribute)]: "true" };
    const after = { ...user, attributes };
    if (this.aliases.includes(code.attribute) && force) this.#takeOver(after);
    if (this.#taken(after)) throw new Refusal("AliasExistsException");
    user.attributes = attributes;
    user.status = "CONFIRMED";
    user.codes.delete("SignUp");
    return {};
  }
  /** Which refusal is first is not documented. */
  resendConfirmationCode({ name }: { name: string }) {
    if (this.settings.autoVerified.length === 0) throw new Refusal("NotAuthorizedException");
    const user = this.require(name);
    if (!user.enabled) throw new Refusal("NotAuthorizedException");
    if (user.status !== "UNCONFIRMED") throw new Refusal("InvalidParameterException");
    const CodeDeliveryDetails = this.#sendSignUpCode(user);
    if (CodeDeliveryDetails === undefined) throw new Refusal("NotAuthorizedException");
    return { CodeDeliveryDetails };
  }
  adminConfirmSignUp({ name }: { name: string }) {
    const user = this.require(name);
    if (user.status !== "UNCONFIRMED") throw new Refusal("NotAuthorizedException");
    user.status = "CONFIRMED";
    return {};
  }

  adminCreateUser({
    username,
    attributes: given,
    force,
  }: {
    username: string;
    attributes: Attributes;
    force: boolean;
  }) {
    const attributes = this.#attributesOfNew(username, given);
    this.#requireAddressesOfFlags(attributes);
    if (this.usernameAttributes.length === 0 && this.find(username))
      throw new Refusal("UsernameExistsException");
    const before = this.users.map((user) => ({ ...user.attributes }));
    if (force) this.#takeOver({ attributes });
    if (this.#taken({ attributes })) {
      for (const [index, user] of this.users.entries()) user.attributes = before[index] ?? {};
      throw new Refusal("UsernameExistsException");
    }
    const user = this.#add(username, attributes, "FORCE_CHANGE_PASSWORD");
    return { sub: user.sub, Username: user.username, Attributes: user.attributes, status: user.status };
  }
  /** An address that the user does not have cannot be verified. */
  #requireAddressesOfFlags(attributes: Attributes): void {
    for (const name of ADDRESSES) {
      if (attributes[flagOf(name)] === "true" && !attributes[name])
        throw new Refusal("InvalidParameterException");
    }
  }
  adminSetUserPassword({ name }: { name: string }) {
    this.require(name).status = "CONFIRMED";
    return {};
  }

  // ---- Users who sign in ----

  signIn({ name }: { name: string }) {
    const user = this.require(name);
    if (!user.enabled) throw new Refusal("NotAuthorizedException");
    if (user.status === "UNCONFIRMED") throw new Refusal("UserNotConfirmedException");
    if (user.status === "FORCE_CHANGE_PASSWORD") return { challenge: "NEW_PASSWORD_REQUIRED" };
    this.#tokens += 1;
    const token = `«token ${this.#tokens}»`;
    this.tokens.set(token, { user, expiresAt: this.now + TOKEN_LIFE, isRevoked: false });
    const groups = this.#groupsOf(user).map((group) => group.name);
    const roles = this.#rolesOf(this.#groupsOf(user));
    const preferred = this.#preferredRole(this.#groupsOf(user));
    return {
      token,
      claims: {
        username: user.username,
        sub: user.sub,
        ...(groups.length > 0 && { groups }),
        ...(roles.length > 0 && { roles }),
        ...(preferred && { preferred }),
      },
    };
  }
  #rolesOf(groups: readonly Group[]): readonly Role[] {
    return [...new Set(groups.flatMap(({ role }) => role ?? []))].sort();
  }
  /**
   * Of the groups that have a role and a precedence, those of the lowest precedence must agree on the role. Recorded in 2026: a group
   * without a role does not shadow others, one without a precedence never gives its role.
   */
  #preferredRole(groups: readonly Group[]): Role | undefined {
    const rank = ({ role, precedence = Number.POSITIVE_INFINITY }: Group) =>
      role === undefined ? Number.POSITIVE_INFINITY : precedence;
    const lowest = Math.min(...groups.map(rank));
    if (lowest === Number.POSITIVE_INFINITY) return undefined;
    const [first, another] = this.#rolesOf(groups.filter((group) => rank(group) === lowest));
    return another === undefined ? first : undefined;
  }
  #userOf(token: string): User {
    const held = this.tokens.get(token);
    if (held === undefined) throw new Refusal("NotAuthorizedException");
    if (held.expiresAt <= this.now) throw new Refusal("NotAuthorizedException");
    if (!this.users.includes(held.user)) {
      // Another user may have the name since.
      const another = this.users.find(({ username }) => username === held.user.username);
      if (another === undefined) throw new Refusal("UserNotFoundException");
      throw new Refusal(
        another.status === "UNCONFIRMED" ? "UserNotConfirmedException" : "NotAuthorizedException",
      );
    }
    if (!held.user.enabled || held.isRevoked) throw new Refusal("NotAuthorizedException");
    return held.user;
  }
  getUser({ token }: { token: string }) {
    const user = this.#userOf(token);
    return { Username: user.username, attributes: this.#shown(user) };
  }
  deleteUser({ token }: { token: string }) {
    this.#remove(this.#userOf(token));
    return {};
  }

  // ---- Attributes ----

  updateUserAttributes({ token, attributes }: { token: string; attributes: Attributes }) {
    const sent = this.#change(this.#userOf(token), attributes, "user");
    return sent.length > 0 ? { CodeDeliveryDetailsList: sent } : {};
  }
  adminUpdateUserAttributes({ name, attributes }: { name: string; attributes: Attributes }) {
    this.#change(this.require(name), attributes, "administrator");
    return {};
  }
  #change(user: User, given: Attributes, by: "user" | "administrator") {
    if (given.preferred_username) this.#requireNameForm(given.preferred_username);
    const wanted = { ...user.attributes };
    for (const [name, value] of Object.entries(given)) {
      wanted[name] = value;
      // A new address is unverified unless the call says otherwise.
      const isNew = isAddress(name) && value !== "" && value !== user.attributes[name];
      if (isNew && given[flagOf(name)] === undefined) wanted[flagOf(name)] = "false";
    }
    for (const [name, value] of Object.entries(wanted)) if (value === "") delete wanted[name];
    for (const name of ADDRESSES) {
      if (wanted[name]) continue;
      if (given[flagOf(name)] === "true") throw new Refusal("InvalidParameterException");
      if (user.attributes[name] || given[name] === "") delete wanted[flagOf(name)];
    }
    const pending = { ...user.pending };
    const codes: { attribute: Address; value: string }[] = [];
    for (const name of ADDRESSES) {
      if (name in given) delete pending[name];
      const value = wanted[name];
      const isUnproved = value && value !== user.attributes[name] && wanted[flagOf(name)] !== "true";
      if (!isUnproved || !this.settings.autoVerified.includes(name)) continue;
      codes.push({ attribute: name, value });
      if (!this.settings.verifiedBeforeUpdate.includes(name)) continue;
      pending[name] = value;
      for (const kept of [name, flagOf(name)]) {
        const before = user.attributes[kept];
        if (before === undefined) delete wanted[kept];
        else wanted[kept] = before;
      }
    }
    const after = { ...user, attributes: wanted };
    // An administrator who verifies an address moves its alias. Nobody takes a username or a preferred username from another.
    const before = this.users.map((other) => ({ ...other.attributes }));
    if (by === "administrator") this.#takeOver(after);
    const waits = Object.fromEntries(
      Object.entries(pending).filter(([name]) => this.usernameAttributes.some((by) => by === name)),
    );
    if (this.#taken(after) || this.#taken({ ...user, attributes: waits })) {
      for (const [index, other] of this.users.entries()) other.attributes = before[index] ?? {};
      throw new Refusal("AliasExistsException");
    }
    user.attributes = wanted;
    user.pending = pending;
    return codes.map(({ attribute, value }) => this.#send(user, attribute, attribute, value));
  }
  deleteUserAttributes({ token, names }: { token: string; names: readonly string[] }) {
    const user = this.#userOf(token);
    if (names.some((name) => isAddress(name.replace("_verified", "")) && name.endsWith("_verified")))
      throw new Refusal("InvalidParameterException");
    return this.#delete(user, names);
  }
  adminDeleteUserAttributes({ name, names }: { name: string; names: readonly string[] }) {
    return this.#delete(this.require(name), names);
  }
  /** An address goes with its flag, with the alias, and with one that waits to replace it. */
  #delete(user: User, names: readonly string[]) {
    for (const name of names) {
      delete user.attributes[name];
      if (isAddress(name)) {
        delete user.attributes[flagOf(name)];
        delete user.pending[name];
      }
    }
    return {};
  }
  getUserAttributeVerificationCode({ token, attribute }: { token: string; attribute: Address }) {
    const user = this.#userOf(token);
    const value = user.attributes[attribute];
    if (!value) throw new Refusal("InvalidParameterException");
    return { CodeDeliveryDetails: this.#send(user, attribute, attribute, value) };
  }
  verifyUserAttribute({
    token,
    attribute,
    code: given,
  }: {
    token: string;
    attribute: Address;
    code: string;
  }) {
    const user = this.#userOf(token);
    const { value } = this.#checkCode(user, attribute, given);
    const after = {
      ...user,
      attributes: { ...user.attributes, [attribute]: value, [flagOf(attribute)]: "true" },
    };
    if (this.#taken(after)) throw new Refusal("AliasExistsException");
    user.attributes = after.attributes;
    if (user.pending[attribute] === value) delete user.pending[attribute];
    user.codes.delete(attribute);
    return {};
  }

  // ---- Administrators ----

  adminGetUser({ name }: { name: string }) {
    const user = this.require(name);
    return {
      Username: user.username,
      attributes: this.#shown(user),
      Enabled: user.enabled,
      UserStatus: user.status,
    };
  }
  adminDisableUser({ name }: { name: string }) {
    const user = this.require(name);
    user.enabled = false;
    for (const token of this.tokens.values()) if (token.user === user) token.isRevoked = true;
    return {};
  }
  adminEnableUser({ name }: { name: string }) {
    this.require(name).enabled = true;
    return {};
  }
  adminDeleteUser({ name }: { name: string }) {
    this.#remove(this.require(name));
    return {};
  }
  #remove(user: User): void {
    this.users = this.users.filter((other) => other !== user);
    for (const { members } of this.groups.values())
      if (members.includes(user)) members.splice(members.indexOf(user), 1);
  }

  /** The users whom a filter finds; which order they have is another matter. */
  listUsers({ filter }: { filter: { attribute: string; operator: "=" | "^="; value: string } | undefined }) {
    if (filter === undefined) return this.users.map((user) => user.username);
    const { attribute, operator, value } = filter;
    const found = this.users.filter((user) => {
      const has = this.#searched(user, attribute);
      if (has === undefined) return false;
      // Usernames and whether users are enabled are compared as they are, everything else without case.
      const isExact = attribute === "status" || attribute === "username";
      const fold = (text: string) =>
        attribute === "username" ? this.fold(text) : isExact ? text : text.toLowerCase();
      return operator === "=" ? fold(has) === fold(value) : fold(has).startsWith(fold(value));
    });
    return found.map((user) => user.username);
  }
  /**
   * A page of two users, the first or the one after the page before. Whoever is there from the first page to the last is on one of
   * them, whatever is written meanwhile.
   */
  listPage({ isFirst }: { isFirst: boolean }) {
    const { page } = this;
    if (!isFirst && page && page.expiresAt <= this.now) throw new Refusal("InvalidParameterException");
    const after = isFirst || page === undefined ? 0 : page.after;
    const left = this.users.filter(({ number }) => number > after);
    const shown = left.slice(0, PAGE_SIZE);
    this.#pages += 1;
    const token = left.length > PAGE_SIZE ? `«page ${this.#pages}»` : undefined;
    this.page = token === undefined ? undefined : this.#page(token, shown);
    return { users: shown.map(({ username }) => username), ...(token && { token }) };
  }
  #page(token: string, shown: readonly User[]) {
    return { token, after: shown.at(-1)?.number ?? 0, expiresAt: this.now + PAGE_TOKEN_LIFE };
  }
  #searched(user: User, attribute: string): string | undefined {
    switch (attribute) {
      case "username":
        return user.username;
      case "sub":
        return user.sub;
      case "status":
        return user.enabled ? "Enabled" : "Disabled";
      case "cognito:user_status":
        return user.status;
      default:
        return user.attributes[attribute];
    }
  }
  #shown(user: User): Attributes {
    return { ...user.attributes, sub: user.sub };
  }

  // ---- Groups ----

  createGroup({ group: name, precedence, description, role }: GroupArgs) {
    if (this.groups.has(name)) throw new Refusal("GroupExistsException");
    const group: Group = { name, precedence, description, role, members: [] };
    this.groups.set(name, group);
    return shownGroup(group);
  }
  /** What is left out stays. */
  updateGroup({ group: name, precedence, description, role }: GroupArgs) {
    const group = this.#group(name);
    group.precedence = precedence ?? group.precedence;
    group.description = description ?? group.description;
    group.role = role ?? group.role;
    return shownGroup(group);
  }
  getGroup({ group }: { group: string }) {
    return shownGroup(this.#group(group));
  }
  deleteGroup({ group }: { group: string }) {
    this.#group(group);
    this.groups.delete(group);
    return {};
  }
  listGroups() {
    return [...this.groups.keys()].sort();
  }
  #group(name: string): Group {
    const group = this.groups.get(name);
    if (group === undefined) throw new Refusal("ResourceNotFoundException");
    return group;
  }
  /** A user who is not there is told before a group that is not there. */
  adminAddUserToGroup({ name, group }: { name: string; group: string }) {
    const user = this.require(name);
    const { members } = this.#group(group);
    if (!members.includes(user)) members.push(user);
    return {};
  }
  adminRemoveUserFromGroup({ name, group }: { name: string; group: string }) {
    const user = this.require(name);
    const members = this.groups.get(group)?.members ?? [];
    if (members.includes(user)) members.splice(members.indexOf(user), 1);
    return {};
  }
  listUsersInGroup({ group }: { group: string }) {
    return this.#group(group).members.map((user) => user.username);
  }
  adminListGroupsForUser({ name }: { name: string }) {
    return this.#groupsOf(this.require(name)).map((group) => group.name);
  }
  /** By precedence, those without one last; of the same precedence by name. */
  #groupsOf(user: User): Group[] {
    const rank = ({ precedence }: Group) => precedence ?? Number.POSITIVE_INFINITY;
    return [...this.groups.values()]
      .filter(({ members }) => members.includes(user))
      .sort((one, other) => {
        const byRank = rank(one) === rank(other) ? 0 : rank(one) - rank(other);
        return byRank || (one.name < other.name ? -1 : 1);
      });
  }

  /** Everything, as ListUsers shows it. */
  state() {
    return this.users.map((user) => ({
      Username: user.username,
      Attributes: this.#shown(user),
      Enabled: user.enabled,
      UserStatus: user.status,
    }));
  }
}

interface GroupArgs {
  readonly group: string;
  readonly precedence: number | undefined;
  readonly description: string | undefined;
  readonly role: Role | undefined;
}

function shownGroup({ name, precedence, description, role }: Group) {
  return {
    GroupName: name,
    ...(precedence !== undefined && { Precedence: precedence }),
    ...(description !== undefined && { Description: description }),
    ...(role !== undefined && { role }),
  };
}
