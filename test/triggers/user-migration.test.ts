import { ForgotPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { app, caller, functionOf, PASSWORD, poolWith, refused, startFunctionServer } from "./functions.ts";

startFunctionServer();

describe("UserMigration", () => {
  const MIGRATES = `
    if (event.request.password && event.request.password !== "${PASSWORD}") throw new Error("Wrong password.");
    event.response.userAttributes = { email: "jane@example.com", email_verified: "true" };
    event.response.finalUserStatus = "CONFIRMED";
    event.response.messageAction = "SUPPRESS";`;

  it("migrates a user who signs in with the right password", async () => {
    const migration = await functionOf(MIGRATES);
    const pool = await poolWith({ UserMigration: migration.arn });
    expect((await pool.signIn({ tenant: "blue" })).AuthenticationResult?.AccessToken).toBeDefined();
    expect(await migration.events()).toEqual([
      {
        version: "1",
        region: "us-east-1",
        userPoolId: pool.poolId,
        userName: "jane",
        callerContext: caller(pool.clientId),
        triggerSource: "UserMigration_Authentication",
        request: { password: PASSWORD, validationData: { tenant: "blue" } },
        response: {
          userAttributes: null,
          forceAliasCreation: null,
          enableSMSMFA: null,
          finalUserStatus: null,
          messageAction: null,
          desiredDeliveryMediums: null,
        },
      },
    ]);
    // From now on the pool has the user.
    await pool.signIn();
    expect(await migration.events()).toHaveLength(1);
  });

  it("hides its errors behind those of a user who does not exist", async () => {
    const migration = await functionOf(MIGRATES);
    const hiding = await poolWith(
      { UserMigration: migration.arn },
      {},
      { PreventUserExistenceErrors: "ENABLED" },
    );
    await expect(hiding.signIn(undefined, "Wrong-1")).rejects.toMatchObject(
      refused("NotAuthorizedException", "Incorrect username or password."),
    );
    const legacy = await poolWith(
      { UserMigration: migration.arn },
      {},
      { PreventUserExistenceErrors: "LEGACY" },
    );
    await expect(legacy.signIn(undefined, "Wrong-1")).rejects.toMatchObject(
      refused("UserNotFoundException", "User does not exist."),
    );
  });

  it("reports that the user of its answer cannot be created", async () => {
    const migration = await functionOf("event.response.userAttributes = { sub: 'mine' };");
    const pool = await poolWith({ UserMigration: migration.arn });
    await expect(pool.signIn()).rejects.toMatchObject(
      refused("UserNotFoundException", `Exception migrating user in app client ${pool.clientId}`),
    );
  });

  it("migrates a user who has forgotten the password", async () => {
    const migration = await functionOf(MIGRATES);
    const pool = await poolWith({ UserMigration: migration.arn });
    const { CodeDeliveryDetails } = await app.send(
      new ForgotPasswordCommand({ ClientId: pool.clientId, Username: "jane" }),
    );
    expect(CodeDeliveryDetails?.DeliveryMedium).toBe("EMAIL");
    expect(await migration.events()).toMatchObject([
      { triggerSource: "UserMigration_ForgotPassword", request: { validationData: null } },
    ]);
  });
});
