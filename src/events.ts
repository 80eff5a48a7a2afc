/**
 * Events, published once for every subscriber: the console's activity, auth events, the audit log, log delivery, metrics.
 */
import type { AuthEventType } from "./api-model/index.ts";
import { parseJsonObject } from "./json.ts";

/** The holder of the access key that signed a call, as AWS names callers. */
export interface Signer {
  /** `federated` for the sessions of GetFederationToken. */
  readonly kind: "user" | "role" | "federated";
  /**
   * As GetCallerIdentity returns it: `arn:aws:iam::A:user/alice`, `arn:aws:sts::A:assumed-role/dev/session` or
   * `arn:aws:sts::A:federated-user/bob`.
   */
  readonly arn: string;
  readonly accountId: string;
  /** As GetCallerIdentity returns it: `AIDA…` of a user, `AROA…:session` of a role session, `A:bob` of a federated user. */
  readonly userId: string;
  /** ARN of the user or federated user, or of the role behind the session. */
  readonly principalArn: string;
  /** `AIDA…` or `AROA…` of the user or role that the permissions are from. */
  readonly uniqueId: string;
  /** Name of that user or role. */
  readonly name: string;
  /** Empty for a person whose rights the console asks for. */
  readonly accessKeyId: string;
  /** Region of the signature's scope. */
  readonly region: string;
  /** Present for temporary credentials. The time is in milliseconds since the Unix epoch. */
  readonly session?: { readonly issuedAt: number } | undefined;
}

/** A call of an API that has been answered, refused or failed. */
export interface Call {
  readonly requestId: string;
  /** Milliseconds since the Unix epoch, by the server's clock. */
  readonly at: number;
  /** `cognito-idp`, `sts` or `iam`. */
  readonly service: string;
  /** Undefined when the request named none that exists. */
  readonly operation: string | undefined;
  /** Undefined for operations without a signature and for calls that were refused before it was known. */
  readonly caller: Signer | undefined;
  readonly status: number;
  /** The error's name; undefined when the call succeeded. */
  readonly error: string | undefined;
  readonly durationMilliseconds: number;
  /** As the client names itself: browsers do not let a page set `User-Agent`, so AWS's SDK sends `X-Amz-User-Agent` there. */
  readonly userAgent: string | undefined;
  readonly sourceIp: string | undefined;
  /** The input. It may not have been validated, and has secrets in it. Undefined when it could not be read. */
  readonly input: Readonly<Record<string, unknown>> | undefined;
  /** Length of the request's body. */
  readonly requestBytes: number;
  /** The body of the answer, with secrets in it. */
  readonly answer: string;
}

/** The message that the caller got, in which the values of secret members are left out; STS and IAM answer in XML. */
export function errorMessageOf({ answer }: Call): string | undefined {
  const message = parseJsonObject(answer)?.message ?? /<Message>([^<]*)/.exec(answer)?.[1];
  return typeof message === "string" ? message : undefined;
}

/** A message to a user that was delivered or failed, without its text, address and code. */
export interface SentMessage {
  readonly poolId: string;
  /** As stored. */
  readonly username: string;
  readonly medium: "EMAIL" | "SMS";
  /** For example `SignUp`; see `MessageOccasion` of user pools. */
  readonly occasion: string;
  /** Why it was not taken; undefined when it was. */
  readonly failure: string | undefined;
}

/** An invocation of a function by a trigger. */
export interface TriggerInvocation {
  /** Of the call that led to it. */
  readonly requestId: string;
  /** Milliseconds since the Unix epoch, by the server's clock. */
  readonly at: number;
  readonly poolId: string;
  /** For example `PreSignUp`. */
  readonly trigger: string;
  /** For example `PreSignUp_SignUp`. */
  readonly source: string;
  readonly arn: string;
  /** JSON text. It can hold a password that a user typed. */
  readonly event: string;
  /** JSON text; undefined when the function failed. */
  readonly response: string | undefined;
  /** Why there is no response. */
  readonly error: string | undefined;
  readonly durationMilliseconds: number;
}

/** Something that a user did, in a pool with threat protection, or a change of what is known of it. */
export interface AuthEvent {
  readonly poolId: string;
  readonly sub: string;
  /** As stored. */
  readonly username: string;
  readonly clientId: string | undefined;
  /** Of the call that led to it. */
  readonly requestId: string;
  /** Whether the app said where the user's request came from. */
  readonly hasContextData: boolean;
  /** The reason why it is published: it started, it succeeded or failed, or feedback was given on it. */
  readonly change: "begun" | "outcome" | "feedback";
  /** Whether it is published for the first time. */
  readonly isNew: boolean;
  readonly event: AuthEventType;
}

interface OfClient {
  readonly poolId: string;
  readonly clientId: string;
  /** Whether the client registered itself. Of these there can be any number. */
  readonly isSelfRegistered: boolean;
}

/** Tokens were issued: to a user who signed in or refreshed, or to a client alone. */
export interface TokensIssued extends OfClient {
  /** The occasion, as PreTokenGeneration is told it: for example `TokenGeneration_RefreshTokens`. */
  readonly source: string;
}

/** A password, a code or another answer of a sign-in was wrong. */
export interface SignInFailed extends OfClient {
  /** The challenge that was answered; undefined for a password that began the sign-in. */
  readonly challenge: string | undefined;
}

/** A user of an identity provider signed in. */
export interface FederatedSignIn extends OfClient {
  readonly providerName: string;
}

/** A user was created, but not by a bulk import. */
export interface UserCreated {
  readonly poolId: string;
  /** For example `SignUp`; see `CreationOccasion` of user pools. */
  readonly occasion: string;
}

/** An import job was started. */
export interface ImportStarted {
  readonly poolId: string;
  readonly jobId: string;
}

/** A person tried to sign in to the console. */
export interface ConsoleSignIn {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** The IAM user; undefined when the sign-in failed. */
  readonly user: { readonly name: string; readonly id: string; readonly arn: string } | undefined;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
}

/** An action on a pool for which AWS has no operation was answered; see `src/control`. */
export interface PoolAction {
  readonly requestId: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** For example `RotateSigningKeys`. */
  readonly action: string;
  /** Undefined where no signature is asked for, and when the request was refused. */
  readonly caller: Signer | undefined;
  readonly poolId: string;
  readonly status: number;
  readonly sourceIp: string | undefined;
  readonly userAgent: string | undefined;
}

/** Every type of event, with its data. */
export interface EventTypes {
  readonly call: Call;
  readonly message: SentMessage;
  readonly invocation: TriggerInvocation;
  readonly authEvent: AuthEvent;
  readonly tokensIssued: TokensIssued;
  readonly signInFailed: SignInFailed;
  readonly federatedSignIn: FederatedSignIn;
  readonly userCreated: UserCreated;
  readonly importStarted: ImportStarted;
  readonly consoleSignIn: ConsoleSignIn;
  readonly poolAction: PoolAction;
}

export type EventName = keyof EventTypes;

export interface Events {
  /** Calls the listeners of the event, one after the other, before it returns. A listener must not throw. */
  publish<Name extends EventName>(name: Name, event: EventTypes[Name]): void;
  /** @returns what ends the subscription */
  subscribe<Name extends EventName>(name: Name, listener: (event: EventTypes[Name]) => void): () => void;
}

/** The same events, for subscribers that all end together. */
export interface EventsForAWhile extends Events {
  /** Ends every subscription that was made here. */
  end(): void;
}

export function eventsForAWhile(events: Events): EventsForAWhile {
  const ends = new Set<() => void>();
  return {
    publish: events.publish,
    subscribe(name, listener) {
      const endOne = events.subscribe(name, listener);
      const end = () => {
        endOne();
        ends.delete(end);
      };
      ends.add(end);
      return end;
    },
    end() {
      for (const end of ends) end();
    },
  };
}

export function createEvents(): Events {
  const listenersByName = new Map<EventName, Set<(event: never) => void>>();
  return {
    publish(name, event) {
      for (const listener of listenersByName.get(name) ?? [])
        (listener as (given: typeof event) => void)(event);
    },
    subscribe(name, listener) {
      const listeners = listenersByName.get(name) ?? new Set();
      listenersByName.set(name, listeners);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
