import { expect, it } from "vitest";
import { compilePolicy } from "./compile.ts";
import { principalArns, type TrustedCandidate, trustVerdict } from "./trust.ts";

const ALICE = "arn:aws:iam::123456789012:user/team/alice";
const CI = "arn:aws:iam::123456789012:role/ci";
const SESSION = "arn:aws:sts::123456789012:assumed-role/ci/build";
const IDS = { [ALICE]: "AIDAALICE", [CI]: "AROACI" };

const alice: TrustedCandidate = { accountId: "123456789012", principalArn: ALICE, uniqueId: "AIDAALICE" };
const session: TrustedCandidate = {
  accountId: "123456789012",
  principalArn: CI,
  uniqueId: "AROACI",
  sessionArn: SESSION,
};
const web: TrustedCandidate = {
  accountId: "123456789012",
  federatedBy: "arn:aws:iam::123456789012:oidc-provider/x",
};

function verdict(candidate: TrustedCandidate, ...statements: object[]) {
  const Statement = statements.map((statement) => ({ Effect: "Allow", Action: "sts:*", ...statement }));
  const policy = compilePolicy(JSON.stringify({ Version: "2012-10-17", Statement }), "trust");
  const lookup = (key: string) => (key === "sts:externalid" ? "42" : undefined);
  return trustVerdict(policy, IDS, candidate, { action: "sts:AssumeRole", resource: "role", lookup });
}

const trusting = (AWS: string | string[]) => ({ Principal: { AWS } });

it("delegates to the account when it names the account id or the root ARN", () => {
  expect(verdict(alice, trusting("123456789012"))).toBe("account");
  expect(verdict(alice, trusting("arn:aws:iam::123456789012:root"))).toBe("account");
  expect(verdict(alice, trusting("210987654321"))).toBe("none");
  expect(verdict(alice, trusting(["210987654321", "123456789012"]))).toBe("account");
});

it("trusts a user, the sessions of a role, or one session by name", () => {
  expect(verdict(alice, trusting(ALICE))).toBe("user");
  expect(verdict(session, trusting(CI))).toBe("role");
  expect(verdict(session, trusting(SESSION))).toBe("session");
  expect(verdict(session, trusting(`${SESSION}2`))).toBe("none");
  expect(verdict(alice, trusting(CI))).toBe("none");
});

it("does not trust a user that was deleted and created again, but still trusts the unique id", () => {
  const another = { ...alice, uniqueId: "AIDANEW" };
  expect(verdict(another, trusting(ALICE))).toBe("none");
  expect(verdict(another, trusting("AIDANEW"))).toBe("user");
});

it("trusts every authenticated principal for *", () => {
  expect(verdict(alice, { Principal: "*" })).toBe("everybody");
  expect(verdict(session, trusting("*"))).toBe("everybody");
});

it("trusts only the web identities of a named provider", () => {
  expect(verdict(web, { Principal: { Federated: web.federatedBy } })).toBe("federated");
  expect(verdict(web, { Principal: "*" })).toBe("everybody");
  // `{"AWS": "*"}` means users and roles. Decision 50.
  expect(verdict(web, trusting("*"))).toBe("none");
  expect(verdict(web, { Principal: { Federated: "cognito-identity.amazonaws.com" } })).toBe("none");
  expect(verdict(web, trusting("123456789012"))).toBe("none");
});

it("selects the grant with the fewest further requirements", () => {
  expect(verdict(alice, trusting("123456789012"), trusting(ALICE))).toBe("user");
});

it("selects the grant with the fewest further requirements, in any order of the statements", () => {
  const role = trusting(CI);
  const everybody = { Principal: "*" };
  const account = trusting("123456789012");
  for (const statements of [
    [trusting(SESSION), role, everybody, account],
    [account, everybody, role, trusting(SESSION)],
  ]) {
    expect(verdict(session, ...statements)).toBe("session");
  }
  for (const [wanted, candidate, statements] of [
    ["role", session, [role, everybody]],
    ["everybody", session, [everybody, account]],
    ["user", alice, [trusting(ALICE), everybody]],
    ["federated", web, [{ Principal: { Federated: web.federatedBy } }, everybody]],
  ] as const) {
    expect(verdict(candidate, ...statements)).toBe(wanted);
    expect(verdict(candidate, ...statements.toReversed())).toBe(wanted);
  }
});

it("trusts by NotPrincipal everybody whom it does not name", () => {
  expect(verdict(alice, { NotPrincipal: { AWS: CI } })).toBe("everybody");
  expect(verdict(alice, { NotPrincipal: { AWS: ALICE } })).toBe("none");
  expect(verdict(alice, trusting(ALICE), { Effect: "Deny", NotPrincipal: { AWS: ALICE } })).toBe("user");
});

it("applies a Deny to nobody but those whom it names", () =>
  expect(verdict(alice, trusting(ALICE), { Effect: "Deny", Principal: { AWS: CI } })).toBe("user"));

it("applies a Deny before any Allow", () => {
  expect(verdict(alice, trusting(ALICE), { ...trusting("123456789012"), Effect: "Deny" })).toBe("deny");
  expect(verdict(session, trusting(SESSION), { Effect: "Deny", NotPrincipal: { AWS: ALICE } })).toBe("deny");
});

it("evaluates its conditions", () => {
  const conditioned = (id: string) => ({
    ...trusting(ALICE),
    Condition: { StringEquals: { "sts:ExternalId": id } },
  });
  expect(verdict(alice, conditioned("42"))).toBe("user");
  expect(verdict(alice, conditioned("43"))).toBe("none");
});

it("denies when the document cannot be parsed", () => {
  const request = { action: "sts:AssumeRole", resource: "role", lookup: () => undefined };
  expect(trustVerdict(compilePolicy("{", "trust"), IDS, alice, request)).toBe("deny");
});

it("lists the principals that must exist", () => {
  const aws = [ALICE, CI, SESSION, "123456789012", "arn:aws:iam::123456789012:root"];
  expect(principalArns({ everybody: false, everyAws: false, aws, federated: [], service: [] })).toEqual([
    ALICE,
    CI,
  ]);
});
