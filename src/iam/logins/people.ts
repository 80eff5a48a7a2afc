/**
 * Users of the web console: their sign-in, and the short-lived credentials under which their browser calls the APIs.
 */
import { equalSecrets } from "../../crypto/index.ts";
import type { IamUserRecord } from "../../storage/index.ts";
import { decideOnResource, type RequestFacts, requestKeys } from "../authorization/index.ts";
import type { IamEnvironment } from "../environment.ts";
import { AccessDenied, InvalidClientTokenId } from "../errors.ts";
import { userArn } from "../identifiers.ts";
import { denialText } from "../policy-language/index.ts";
import { BOOTSTRAP_USER, type Caller } from "../principals/index.ts";
import type { SignInOfSession } from "../sessions/index.ts";
import {
  isStillGood,
  issueCredentials,
  passwordProof,
  type SignInProof,
  userCaller,
} from "../sessions/index.ts";
import { passwordPolicyOf, withRightsToOwnPassword } from "./password-policy.ts";
import { changeOwnPassword, noSuchLoginProfile, passwordState, verifyLogin } from "./passwords.ts";

/** An IAM user of the account. */
export interface Person {
  readonly arn: string;
  readonly userName: string;
  /** `AIDA…`; a user that was deleted and created again has another. */
  readonly userId: string;
}

/** A person who has just signed in, with the proof of the sign-in. */
export interface SignedIn {
  readonly person: Person;
  readonly proof: SignInProof;
}

/** Properties of a person's request, for the conditions in policies. */
export interface PersonRequest extends Omit<RequestFacts, "at"> {
  /** Of the resource; for an action without one, of a call that names none. */
  readonly region: string;
  readonly resourceTags?: () => Promise<Readonly<Record<string, string>> | undefined>;
}

interface PersonCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The operations of IAM and STS on people that a console needs. */
export interface People {
  /** The administrator that the first start makes. @throws InvalidClientTokenId it has been deleted */
  localAdministrator(): Promise<Person>;
  /**
   * @returns undefined when the user, the login profile or the password is wrong, after the same work, and when the password
   *   has expired and cannot be changed. A required change must be made by {@link changePassword} before anything else.
   */
  verifyPassword(
    userName: string,
    password: string,
  ): Promise<(SignedIn & { readonly mustChangePassword: boolean }) | undefined>;
  /**
   * Gives a person another password, as IAM's ChangePassword does, if their policies or the account's allow it. It
   * invalidates their earlier sign-ins.
   *
   * @throws AccessDenied the person has no permission, or the old password is wrong
   * @throws NoSuchEntityException the user was deleted, or has no password
   * @throws PasswordPolicyViolationException
   */
  changePassword(
    person: Person,
    passwords: { readonly before: string; readonly after: string },
    request: PersonRequest,
  ): Promise<SignedIn>;
  /** @returns undefined when there is no such active key of a user, or its secret is wrong */
  verifyAccessKey(accessKeyId: string, secretAccessKey: string): Promise<SignedIn | undefined>;
  /** Whether the user still exists, by id, and the credential of the sign-in is still valid. */
  isStillValid(person: Person, proof: SignInProof): Promise<boolean>;
  /**
   * Temporary credentials with all permissions of the user: unlike GetSessionToken's they may call IAM and STS.
   *
   * @param signIn the sign-in whose end also ends the credentials; undefined for a person who did not have to sign in
   */
  issueCredentials(
    person: Person,
    durationSeconds: number,
    signIn: SignInOfSession | undefined,
  ): Promise<PersonCredentials>;
  /** @returns AWS's denial message; undefined when the person is allowed */
  refusalOf(
    person: Person,
    action: string,
    resource: string,
    request: PersonRequest,
  ): Promise<string | undefined>;
}

type PeopleEnvironment = Pick<
  IamEnvironment,
  | "store"
  | "directory"
  | "accountId"
  | "clock"
  | "credentialClock"
  | "random"
  | "sealer"
  | "passwordHashCost"
  | "oldPasswordLimit"
>;

export function createPeople(environment: PeopleEnvironment): People {
  const { store, directory, accountId, clock, credentialClock } = environment;

  const keyOfUser = async (accessKeyId: string) => {
    const key = await store.iam.accessKeys.get(accessKeyId);
    return key?.status === "Active" && key.accountId === accountId ? key : undefined;
  };
  const userOf = async (person: Person) => {
    const user = await directory.user(person.userName);
    return user?.record.uniqueId === person.userId ? user : undefined;
  };

  const refusalOf: People["refusalOf"] = async (person, action, resource, request) => {
    const user = await userOf(person);
    const denial = { callerArn: person.arn, action, resource };
    if (!user) return denialText(denial);
    const { region, resourceTags = async () => undefined, ...facts } = request;
    const at = credentialClock.now();
    const identified = await withRightsToOwnPassword(userCaller(user, { keyId: "", region }), environment);
    // With the condition keys of the credentials that the person's browser signs its calls with.
    const session = {
      origin: "console",
      issuedAt: at,
      expiresAt: at,
      tags: {},
      transitiveTagKeys: [],
    } as const;
    const caller: Caller = { ...identified, session };
    const lookup = requestKeys({ ...facts, at }, caller);
    const decision = await decideOnResource(caller, { action, resource, lookup, tags: resourceTags });
    return decision.effect === "allowed" ? undefined : denialText(denial, decision);
  };

  return {
    async localAdministrator() {
      const user = await directory.user(BOOTSTRAP_USER);
      if (!user) throw new InvalidClientTokenId(`There is no IAM user ${BOOTSTRAP_USER} any more.`);
      return personOf(user.record);
    },

    async verifyPassword(userName, password) {
      const user = await verifyLogin(userName, password, environment);
      const login = user?.login;
      if (!user || !login) return undefined;
      const state = passwordState(login, await passwordPolicyOf(environment), clock.now());
      if (state === "expired") return undefined;
      return {
        person: personOf(user),
        proof: passwordProof(login),
        mustChangePassword: state === "mustChange",
      };
    },

    async changePassword(person, { before, after }, request) {
      const refusal = await refusalOf(person, "iam:ChangePassword", person.arn, request);
      if (refusal !== undefined) throw new AccessDenied(refusal);
      await changeOwnPassword(person.userName, before, after, environment);
      const login = (await userOf(person))?.record.login;
      if (!login) throw noSuchLoginProfile(person.userName);
      return { person, proof: passwordProof(login) };
    },

    async verifyAccessKey(accessKeyId, secretAccessKey) {
      const key = await keyOfUser(accessKeyId);
      if (!equalSecrets(secretAccessKey, key?.secret ?? "") || !key) return undefined;
      const user = await directory.user(key.userName);
      return user && { person: personOf(user.record), proof: { kind: "accessKey", accessKeyId } };
    },

    async isStillValid(person, proof) {
      const user = await userOf(person);
      return user !== undefined && isStillGood(proof, user.record, directory);
    },

    async issueCredentials(person, durationSeconds, signIn) {
      const session = {
        origin: "console",
        name: person.userName,
        uniqueId: person.userId,
        durationSeconds,
        signIn,
      } as const;
      const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = issueCredentials(
        session,
        environment,
      );
      return {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
        expiresAt: Expiration,
      };
    },

    refusalOf,
  };
}

function personOf(user: IamUserRecord): Person {
  return {
    arn: userArn(user.accountId, user.path, user.name),
    userName: user.name,
    userId: user.uniqueId,
  };
}
