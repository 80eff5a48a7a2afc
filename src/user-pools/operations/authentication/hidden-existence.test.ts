/**
 * Operations that name a user and have no signature, through a client that hides the existence of users. For an unknown
 * user they must give the same answer as for an existing one, with the same work.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  CreateUserPoolRequest,
  InitiateAuthRequest,
  OperationName,
  Operations,
} from "../../../api-model/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";
import { countedCalls } from "./counted-calls.ts";

const PASSWORD = "Correct-horse-1";
/** Of which a user is refused the next, at the action that allows most. */
const MOST_ATTEMPTS = 20;
/** SRP_A of some client; only its form counts here. */
const SRP_A = "a1".repeat(384);

let context: TestContext;
let api: Caller;
let UserPoolId: string;
let ClientId: string;

beforeAll(async () => {
  context = await testContext();
  api = caller(context);
});
afterAll(() => context.store.close());

/** Makes a pool with somebody to sign in, somebody who waits for confirmation, and nobody. */
async function openPool(settings: Partial<CreateUserPoolRequest>) {
  UserPoolId = await api.pool({
    ...settings,
    AutoVerifiedAttributes: ["email"],
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
  });
  ClientId = await api.client(UserPoolId, {
    PreventUserExistenceErrors: "ENABLED",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"],
  });
  const addresses = { verified: "v@example.com", waiting: "w@example.com" };
  await api.call("AdminCreateUser", {
    UserPoolId,
    Username: "verified",
    MessageAction: "SUPPRESS",
    UserAttributes: [
      { Name: "email", Value: addresses.verified },
      { Name: "email_verified", Value: "true" },
    ],
  });
  await api.call("AdminSetUserPassword", {
    UserPoolId,
    Username: "verified",
    Password: PASSWORD,
    Permanent: true,
  });
  await api.call("SignUp", {
    ClientId,
    Username: "waiting",
    Password: PASSWORD,
    UserAttributes: [{ Name: "email", Value: addresses.waiting }],
  });
}

const begin =
  (AuthFlow: InitiateAuthRequest["AuthFlow"], more: Record<string, string>) => (USERNAME: string) =>
    api.call("InitiateAuth", { ClientId, AuthFlow, AuthParameters: { USERNAME, ...more } });

const named =
  <Name extends OperationName>(name: Name, more: Partial<Operations[Name]["input"]> = {}) =>
  (Username: string) =>
    api.call(name, { ClientId, Username, ...more } as Operations[Name]["input"]);

/** An answer of the wrong password by SRP, to the challenge that is put. */
async function answerSrp(USERNAME: string): Promise<unknown> {
  const { ChallengeParameters = {} } = await begin("USER_SRP_AUTH", { SRP_A })(USERNAME);
  return api.call("RespondToAuthChallenge", {
    ClientId,
    ChallengeName: "PASSWORD_VERIFIER",
    ChallengeResponses: {
      USERNAME,
      PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString("base64"),
      PASSWORD_CLAIM_SECRET_BLOCK: ChallengeParameters.SECRET_BLOCK ?? "",
      TIMESTAMP: "Sun Nov 29 12:00:00 UTC 2026",
    },
  });
}

/** Each operation, with a user who exists to compare with. */
const cases: readonly (readonly [
  what: string,
  call: (name: string) => Promise<unknown>,
  somebody: string,
])[] = [
  ["InitiateAuth USER_PASSWORD_AUTH", begin("USER_PASSWORD_AUTH", { PASSWORD: "Wrong-horse-1" }), "verified"],
  ["InitiateAuth USER_SRP_AUTH", begin("USER_SRP_AUTH", { SRP_A }), "verified"],
  ["RespondToAuthChallenge PASSWORD_VERIFIER", answerSrp, "verified"],
  ["InitiateAuth USER_AUTH", begin("USER_AUTH", {}), "verified"],
  [
    "InitiateAuth USER_AUTH with EMAIL_OTP",
    begin("USER_AUTH", { PREFERRED_CHALLENGE: "EMAIL_OTP" }),
    "verified",
  ],
  ["ForgotPassword", named("ForgotPassword"), "verified"],
  ["ResendConfirmationCode", named("ResendConfirmationCode"), "waiting"],
  [
    "ConfirmForgotPassword",
    named("ConfirmForgotPassword", { ConfirmationCode: "000000", Password: PASSWORD }),
    "verified",
  ],
];

/** The answer with everything that is random, or an address, put aside: its form. */
function formOf(value: unknown): unknown {
  if (typeof value === "string")
    return value.length > 40 ? "long text" : value.replace(/^.\*{3}@.\*{3}$/, "masked");
  if (Array.isArray(value)) return value.map(formOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, /^(USER|SALT)/.test(key) ? "name" : formOf(member)]),
  );
}

const PROTECTED = { UserPoolTier: "PLUS", UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" } } as const;

describe.each([
  ["a pool", {}],
  ["a pool with threat protection", PROTECTED],
])("in %s", (_, settings) => {
  beforeAll(() => openPool(settings));

  describe.each(cases)("%s", (what, call, somebody) => {
    const answer = (name: string) => call(name).then(formOf, (error: Error) => [error.name, error.message]);

    it("gives the same answer for an unknown user as for an existing one", async () => {
      if (what === "ConfirmForgotPassword") await named("ForgotPassword")(somebody);
      expect(await answer("nobody")).toEqual(await answer(somebody));
    });

    it("does the same work for an unknown user as for an existing one", async () => {
      const workFor = async (name: string) => {
        const calls = await countedCalls(context, () => answer(name));
        const sum = (...methods: string[]) =>
          methods.reduce((total, method) => total + (calls[method] ?? 0), 0);
        return {
          lookUps: sum("users.find"),
          exponentiations: sum("srp.matches", "srp.offer", "srp.checkClaim", "srp.makeVerifier"),
          writes: sum(
            "transaction",
            "users.update",
            "usedTickets.use",
            "unknownNames.update",
            "authEvents.insert",
          ),
        };
      };
      context.clock.advance(3_600_000);
      await answer("nobody");
      expect(await workFor("nobody")).toEqual(await workFor(somebody));
    });

    it("refuses an unknown user after as many attempts as an existing one", async () => {
      const answers = async (name: string) => {
        if (what === "ConfirmForgotPassword") await named("ForgotPassword")(name);
        const all: unknown[] = [];
        for (let attempt = 0; attempt <= MOST_ATTEMPTS; attempt++) all.push(await answer(name));
        return all;
      };
      context.clock.advance(3_600_000);
      const wanted = await answers(somebody);
      expect(await answers("nobody")).toEqual(wanted);
      if (what !== "InitiateAuth USER_SRP_AUTH" && what !== "InitiateAuth USER_AUTH") {
        expect(wanted.at(-1)).not.toEqual(wanted[0]);
      }
    });
  });

  describe("ConfirmSignUp", () => {
    it("gives an unknown user the answer of a user with an expired code, with as many writes", async () => {
      const confirm = (name: string) =>
        named("ConfirmSignUp", { ConfirmationCode: "000000" })(name).then(
          () => "confirmed",
          (error: Error) => `${error.name}: ${error.message}`,
        );
      context.clock.advance(2 * 24 * 3_600_000);
      expect(await confirm("nobody")).toBe(await confirm("waiting"));
      const writes = async (name: string) => {
        const calls = await countedCalls(context, () => confirm(name));
        return (calls.transaction ?? 0) + (calls["unknownNames.update"] ?? 0);
      };
      expect(await writes("nobody")).toBe(await writes("waiting"));
    });
  });
});

it("names an unknown user by SRP as it would name an existing one, where the pool ignores case", async () => {
  await openPool({ UsernameConfiguration: { CaseSensitive: false } });
  const namesOf = async (name: string) => {
    const { ChallengeParameters: { USERNAME, USER_ID_FOR_SRP } = {} } = await begin("USER_SRP_AUTH", {
      SRP_A,
    })(name);
    return [USERNAME, USER_ID_FOR_SRP];
  };
  expect(await namesOf("VERIFIED")).toEqual(["verified", "verified"]);
  expect(await namesOf("NOBODY")).toEqual(["nobody", "nobody"]);
});
