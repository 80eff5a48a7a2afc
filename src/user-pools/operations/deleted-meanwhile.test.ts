import { describe, expect, it } from "vitest";
import {
  type JsonValue,
  type OperationName,
  type Operations,
  operationModel,
  ServiceException,
} from "../../api-model/index.ts";
import { stoppedClock } from "../../clock.ts";
import type { Store, UserPoolSettings } from "../../storage/index.ts";
import { openTestStore } from "../../storage/testing.ts";
import { TEST_TIME, testContext } from "../testing.ts";
import { openScene, PASSWORD } from "./authentication/testing.ts";
import { verifier } from "./devices/device-calls.ts";
import { RP } from "./passkeys/passkey-calls.ts";
import { createAuthenticator } from "./passkeys/testing.ts";
import { caller } from "./testing.ts";

/** A store that lets something happen before each call to it. */
function interrupted(store: Store, before: () => Promise<void>): Store {
  const pausing =
    (target: object, method: (...args: unknown[]) => unknown) =>
    async (...args: unknown[]) => {
      await before();
      return Reflect.apply(method, target, args);
    };
  const repository = (target: object) =>
    new Proxy(target, {
      get(_, name) {
        const member = Reflect.get(target, name);
        return typeof member === "function" ? pausing(target, member) : member;
      },
    });
  return new Proxy(store, {
    get(_, name) {
      const member = Reflect.get(store, name);
      if (typeof member === "function") return name === "close" ? member : pausing(store, member);
      return typeof member === "object" ? repository(member) : member;
    },
  });
}

const POOL = {
  AutoVerifiedAttributes: ["email"],
  DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: false },
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
  WebAuthnConfiguration: { RelyingPartyId: RP },
} satisfies UserPoolSettings;

/** Alice, signed in, in a store from which something is deleted before one of the calls to it. */
async function aliceScene() {
  const store = await openTestStore({ clock: stoppedClock(TEST_TIME) });
  let callsLeft: number | undefined;
  let remove = async () => {};
  const context = await testContext({
    store: interrupted(store, async () => {
      if (callsLeft === undefined) return;
      callsLeft -= 1;
      if (callsLeft < 0) {
        callsLeft = undefined;
        await remove();
      }
    }),
  });
  const { pool, client, addUser } = await openScene({ context, pool: POOL });
  const { sub } = await addUser({ attributes: { email: "alice@example.com", email_verified: "true" } });
  const { call } = caller(context);
  const password = {
    ClientId: client.id,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: "alice", PASSWORD },
  } as const;
  const { AuthenticationResult } = await call("InitiateAuth", password);
  const { AccessToken = "", NewDeviceMetadata } = AuthenticationResult ?? {};
  const deleting = {
    user: () => store.users.delete(pool.id, sub),
    pool: () => store.pools.delete(pool.id),
  };
  return {
    call,
    password,
    AccessToken,
    DeviceKey: NewDeviceMetadata?.DeviceKey ?? "",
    named: { ClientId: client.id, Username: "alice" },
    unconfirm: () =>
      store.users.update(pool.id, sub, (user) => ({
        ...user,
        status: "UNCONFIRMED",
        attributes: { email: "alice@example.com" },
      })),
    /** @returns whether the operation came so far */
    async deletesBefore(count: number, what: keyof typeof deleting, operate: () => Promise<unknown>) {
      remove = async () => void (await deleting[what]());
      callsLeft = count;
      const error = await operate().then(
        () => undefined,
        (refusal: unknown) => refusal,
      );
      const cameSoFar = callsLeft === undefined;
      callsLeft = undefined;
      return { error, cameSoFar };
    },
  };
}

type AliceScene = Awaited<ReturnType<typeof aliceScene>>;

const entry = <Name extends OperationName>(
  name: Name,
  input: (alice: AliceScene) => Promise<Operations[Name]["input"]>,
) => [name, input] as const;

const CASES = [
  entry("ResendConfirmationCode", async ({ unconfirm, named }) => {
    await unconfirm();
    return named;
  }),
  entry("ForgotPassword", async ({ named }) => named),
  entry("ChangePassword", async ({ AccessToken }) => ({
    AccessToken,
    PreviousPassword: PASSWORD,
    ProposedPassword: "Battery-staple-2",
  })),
  entry("GetUserAttributeVerificationCode", async ({ AccessToken }) => ({
    AccessToken,
    AttributeName: "email",
  })),
  entry("UpdateUserAttributes", async ({ AccessToken }) => ({
    AccessToken,
    UserAttributes: [{ Name: "email", Value: "new@example.com" }],
  })),
  entry("ConfirmDevice", async ({ AccessToken, DeviceKey }) => ({
    AccessToken,
    DeviceKey,
    DeviceSecretVerifierConfig: verifier,
  })),
  entry("StartWebAuthnRegistration", async ({ AccessToken }) => ({ AccessToken })),
  entry("CompleteWebAuthnRegistration", async ({ call, AccessToken }) => {
    const { CredentialCreationOptions } = await call("StartWebAuthnRegistration", { AccessToken });
    const { challenge } = CredentialCreationOptions as { challenge: string };
    const credential = createAuthenticator().register({ challenge, rpId: RP });
    return { AccessToken, Credential: credential as JsonValue };
  }),
  entry("InitiateAuth", async ({ password }) => password),
] as const;

describe.each(["user", "pool"] as const)("a %s that is deleted during a request", (what) => {
  it.each(CASES)("%s answers with an exception of its model, whenever that happens", async (name, input) => {
    const { errors } = operationModel(name);
    for (let count = 0, cameSoFar = true; cameSoFar; count += 1) {
      const alice = await aliceScene();
      const request = await input(alice);
      const outcome = await alice.deletesBefore(count, what, () => alice.call(name, request));
      ({ cameSoFar } = outcome);
      if (outcome.error === undefined) continue;
      expect(outcome.error).toBeInstanceOf(ServiceException);
      expect(errors).toContain((outcome.error as ServiceException).code);
    }
  });
});
