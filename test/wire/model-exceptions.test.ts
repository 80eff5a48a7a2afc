/**
 * Every operation, called for things that do not exist, are switched off, belong to others or are in the wrong state: it
 * answers with exceptions of its model entry alone, and never with a defect.
 */
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminInitiateAuthCommand,
  type AdminInitiateAuthCommandOutput,
  AdminSetUserPasswordCommand,
  CreateGroupCommand,
  DeleteUserPoolCommand,
  SetUserPoolMfaConfigCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OperationName, operationModel, shapeModel } from "../../src/api-model/index.ts";
import { operations } from "../../src/user-pools/index.ts";
import { callOnWire, parsed } from "../recorded-answers/wire.ts";
import { validValue } from "../support/model-samples.ts";
import { createPoolAndClient, startTestServer, type TestServer } from "../support/server.ts";

type Input = Record<string, unknown>;

const PASSWORD = "Right-Password-1";
const ARN = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/";

interface Scene {
  readonly poolId: string;
  readonly clientId: string;
  /** Values for members, by name: each is tried in place of the first one. */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
}

describe("an operation answers only with exceptions of its model", () => {
  let server: TestServer;
  let scenes: Scene[];

  async function newScene(tier: "LITE" | "PLUS", hasSecret: boolean): Promise<Scene> {
    const { cognito } = server;
    const { poolId, clientId } = await createPoolAndClient(
      cognito,
      {
        UserPoolTier: tier,
        ...(tier === "PLUS" && { UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" } }),
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
      },
      { GenerateSecret: hasSecret },
    );
    const of = { UserPoolId: poolId };
    for (const Username of ["temporary", "confirmed", "disabled"]) {
      await cognito.send(
        new AdminCreateUserCommand({
          ...of,
          Username,
          TemporaryPassword: PASSWORD,
          MessageAction: "SUPPRESS",
        }),
      );
      if (Username === "temporary") continue;
      await cognito.send(
        new AdminSetUserPasswordCommand({ ...of, Username, Password: PASSWORD, Permanent: true }),
      );
    }
    await cognito.send(new AdminDisableUserCommand({ ...of, Username: "disabled" }));
    await cognito.send(new CreateGroupCommand({ ...of, GroupName: "group" }));
    if (!hasSecret) {
      await cognito.send(
        new SignUpCommand({ ClientId: clientId, Username: "unconfirmed", Password: PASSWORD }),
      );
    }
    const signIn = async (USERNAME: string): Promise<Partial<AdminInitiateAuthCommandOutput>> => {
      if (hasSecret) return {};
      return cognito.send(
        new AdminInitiateAuthCommand({
          ...of,
          ClientId: clientId,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME, PASSWORD },
        }),
      );
    };
    const [signedIn, challenged] = [await signIn("confirmed"), await signIn("temporary")];
    if (tier === "PLUS") {
      await cognito.send(
        new SetUserPoolMfaConfigCommand({
          ...of,
          MfaConfiguration: "OPTIONAL",
          SoftwareTokenMfaConfiguration: { Enabled: true },
        }),
      );
    }
    const present = (value: string | undefined) => (value === undefined ? [] : [value]);
    return {
      poolId,
      clientId,
      values: {
        UserPoolId: [poolId],
        ClientId: [clientId, "00000000000000000000000000"],
        Username: ["confirmed", "temporary", "unconfirmed", "disabled", "nobody"],
        GroupName: ["group", "none"],
        Password: [PASSWORD, "short"],
        PreviousPassword: [PASSWORD, "Wrong-Password-1"],
        ProposedPassword: ["Other-Password-1"],
        AccessToken: [...present(signedIn.AuthenticationResult?.AccessToken), "rubbish"],
        RefreshToken: [...present(signedIn.AuthenticationResult?.RefreshToken), "rubbish"],
        Token: [...present(signedIn.AuthenticationResult?.RefreshToken), "rubbish"],
        Session: [...present(challenged.Session), "a".repeat(30)],
        ResourceArn: [`${ARN}${poolId}`, `${ARN}us-east-1_none`],
        AuthFlow: [
          "USER_PASSWORD_AUTH",
          "ADMIN_USER_PASSWORD_AUTH",
          "USER_SRP_AUTH",
          "CUSTOM_AUTH",
          "REFRESH_TOKEN",
        ],
        ChallengeName: [
          "NEW_PASSWORD_REQUIRED",
          "SMS_MFA",
          "PASSWORD_VERIFIER",
          "WEB_AUTHN",
          "CUSTOM_CHALLENGE",
        ],
        AuthParameters: [{ USERNAME: "confirmed", PASSWORD }, { USERNAME: "nobody", PASSWORD: "x" }, {}],
        ChallengeResponses: [{ USERNAME: "temporary", NEW_PASSWORD: "x" }, {}],
      },
    };
  }

  beforeAll(async () => {
    server = await startTestServer();
    scenes = [await newScene("PLUS", false), await newScene("LITE", false), await newScene("PLUS", true)];
    const { poolId, clientId } = await createPoolAndClient(server.cognito);
    await server.cognito.send(new DeleteUserPoolCommand({ UserPoolId: poolId }));
    scenes.push({ poolId, clientId, values: { UserPoolId: [poolId], ClientId: [clientId] } });
  }, 60_000);
  afterAll(() => server.stop());

  const membersOf = (name: OperationName): readonly string[] => {
    const shape = shapeModel(operationModel(name).input);
    return shape.type === "structure" ? Object.keys(shape.members) : [];
  };

  function* inputsOf(name: OperationName, { values }: Scene): Generator<Input> {
    const given = membersOf(name).filter((member) => values[member] !== undefined);
    const firsts = Object.fromEntries(given.map((member) => [member, values[member]?.[0]]));
    const base = { ...(validValue(operationModel(name).input) as Input), ...firsts };
    yield base;
    for (const member of given) {
      for (const value of values[member]?.slice(1) ?? []) yield { ...base, [member]: value };
      const { [member]: _, ...without } = base;
      yield without;
    }
  }

  // What removes the scene is called last.
  const isRemoval = (name: string) => /^(Admin)?(Delete|Revoke|GlobalSignOut|UserGlobalSignOut)/.test(name);
  const names = (Object.keys(operations) as OperationName[]).toSorted(
    (one, other) => Number(isRemoval(one)) - Number(isRemoval(other)),
  );

  it.each(names)("%s", async (name) => {
    const allowed = [...operationModel(name).errors, "none"];
    for (const scene of scenes) {
      for (const input of inputsOf(name, scene)) {
        const { __type = "none", message } = parsed(await callOnWire(server.url, name, input)) ?? {};
        // Whatever the model says, inputs are checked against it before the operation begins.
        if (__type === "InvalidParameterException" && /validation error/.test(message)) continue;
        expect(allowed, `${name} ${JSON.stringify(input)}: ${message}`).toContain(__type);
        expect(__type).not.toBe("InternalErrorException");
      }
    }
  });
});
