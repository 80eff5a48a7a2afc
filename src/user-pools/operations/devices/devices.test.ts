import { afterAll, describe, expect, it } from "vitest";
import type { DeviceConfigurationType } from "../../../api-model/index.ts";
import { testContext } from "../../testing.ts";
import { claimsOf, outcome, PASSWORD } from "../authentication/testing.ts";
import { mfaScene } from "../mfa/testing.ts";
import { caller } from "../testing.ts";
import { deviceScene, NO_DEVICE, verifier } from "./device-calls.ts";

const context = await testContext();
afterAll(() => context.store.close());
const scene = (configuration?: DeviceConfigurationType, rest?: object) =>
  deviceScene(context, configuration, rest);

describe("a sign-in in a pool that tracks devices", () => {
  it("returns a key for a new device, which the access token contains", async () => {
    const here = await scene();
    const { NewDeviceMetadata, AccessToken, answer } = await here.signIn();
    expect(NewDeviceMetadata).toEqual({
      DeviceKey: expect.stringMatching(/^us-east-1_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      DeviceGroupKey: expect.stringMatching(/^-\w{8}$/),
    });
    expect(claimsOf(AccessToken).device_key).toBe(NewDeviceMetadata?.DeviceKey);
    expect(claimsOf(answer.AuthenticationResult?.IdToken)).not.toHaveProperty("device_key");
  });

  it("returns no key for a known device, and records its use", async () => {
    const here = await scene({ DeviceOnlyRememberedOnUserPrompt: true });
    const { key } = await here.confirm();
    context.clock.advance(5000);
    const again = await here.signIn(key);
    expect(again.NewDeviceMetadata).toBeUndefined();
    expect(claimsOf(again.AccessToken).device_key).toBe(key);
    const { Device } = await here.call("GetDevice", { AccessToken: again.AccessToken, DeviceKey: key });
    expect(Device.DeviceLastAuthenticatedDate).toBe(Math.floor(context.clock.now() / 1000) * 1000);
  });

  it("is rejected with a device that the user does not have, or no longer has", async () => {
    const here = await scene();
    const { AccessToken, key } = await here.confirm();
    await here.call("ForgetDevice", { AccessToken, DeviceKey: key });
    for (const DEVICE_KEY of [key, "us-east-1_00000000-0000-4000-8000-000000000000"]) {
      expect(
        await here.refusal("InitiateAuth", {
          ClientId: here.client.id,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "alice", PASSWORD, DEVICE_KEY },
        }),
      ).toEqual(NO_DEVICE);
    }
  });

  it("does not reveal devices before the password is proved", async () => {
    const here = await scene();
    const { key } = await here.confirm();
    expect(
      await here.refusal("InitiateAuth", {
        ClientId: here.client.id,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "alice", PASSWORD: "Wrong-horse-1", DEVICE_KEY: `${key}0` },
      }),
    ).toEqual(["NotAuthorizedException", "Incorrect username or password."]);
  });

  it("ignores a device key if the pool tracks no devices", async () => {
    const here = await mfaScene({}, {}, Promise.resolve(context));
    const { AuthenticationResult } = await here.call("InitiateAuth", {
      ClientId: here.client.id,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "alice", PASSWORD, DEVICE_KEY: "us-east-1_0" },
    });
    expect(AuthenticationResult).not.toHaveProperty("NewDeviceMetadata");
    expect(claimsOf(AuthenticationResult?.AccessToken)).not.toHaveProperty("device_key");
  });
});

it("gives all devices of a pool a group key with the first eight characters of the name in its id", async () => {
  const { call, pool, client } = caller(context);
  const UserPoolId = await pool({ DeviceConfiguration: {} });
  const ClientId = await client(UserPoolId);
  await call("AdminCreateUser", { UserPoolId, Username: "alice" });
  await call("AdminSetUserPassword", { UserPoolId, Username: "alice", Password: PASSWORD, Permanent: true });
  const { AuthenticationResult } = await call("InitiateAuth", {
    ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: "alice", PASSWORD },
  });
  expect(UserPoolId).toMatch(/^us-east-1_\w{9}$/);
  expect(AuthenticationResult?.NewDeviceMetadata?.DeviceGroupKey).toBe(`-${UserPoolId.slice(10, 18)}`);
});

describe("a refresh in a pool that tracks devices", () => {
  const INVALID = "NotAuthorizedException: Invalid Refresh Token.";
  const ways = ["REFRESH_TOKEN_AUTH", "GetTokensFromRefreshToken"];

  async function refreshScene(way: string) {
    const here = await scene();
    const { id: ClientId } = here.client;
    const refresh = (RefreshToken: string, DeviceKey?: string) =>
      way === "REFRESH_TOKEN_AUTH"
        ? here.call("InitiateAuth", {
            ClientId,
            AuthFlow: "REFRESH_TOKEN_AUTH",
            AuthParameters: {
              REFRESH_TOKEN: RefreshToken,
              ...(DeviceKey !== undefined && { DEVICE_KEY: DeviceKey }),
            },
          })
        : here.call("GetTokensFromRefreshToken", { ClientId, RefreshToken, DeviceKey });
    return { ...here, refresh };
  }

  it.each(ways)("needs the sign-in's device key with %s", async (way) => {
    const { confirm, refresh } = await refreshScene(way);
    const { RefreshToken, key } = await confirm();
    for (const wrong of [undefined, "us-east-1_00000000-0000-4000-8000-000000000000"]) {
      expect(await outcome(refresh(RefreshToken, wrong))).toBe(INVALID);
    }
    const { AuthenticationResult } = await refresh(RefreshToken, key);
    expect(claimsOf(AuthenticationResult?.AccessToken).device_key).toBe(key);
  });

  it.each(ways)(
    "is rejected with %s until the device is confirmed, and once it is forgotten",
    async (way) => {
      const { call, named, signIn, refresh } = await refreshScene(way);
      const { AccessToken, RefreshToken, key } = await signIn();
      expect(await outcome(refresh(RefreshToken, key))).toBe(INVALID);
      const device = { DeviceKey: key, DeviceSecretVerifierConfig: verifier };
      await call("ConfirmDevice", { AccessToken, ...device });
      const ofUser = { AccessToken, DeviceKey: key, DeviceRememberedStatus: "not_remembered" } as const;
      await call("UpdateDeviceStatus", ofUser);
      expect(await outcome(refresh(RefreshToken, key))).toMatchObject({ AuthenticationResult: {} });
      await call("AdminForgetDevice", { ...named, DeviceKey: key });
      expect(await outcome(refresh(RefreshToken, key))).toBe(INVALID);
    },
  );

  it("needs no device key for a sign-in from before the pool tracked devices", async () => {
    const here = await mfaScene({}, {}, Promise.resolve(context));
    const { AuthenticationResult } = await here.begin();
    await context.store.pools.update(here.pool.id, (pool) => ({
      ...pool,
      settings: { DeviceConfiguration: {} },
    }));
    const RefreshToken = AuthenticationResult?.RefreshToken ?? "";
    expect(
      (await here.call("GetTokensFromRefreshToken", { ClientId: here.client.id, RefreshToken }))
        .AuthenticationResult?.AccessToken,
    ).toBeDefined();
  });
});

describe("ConfirmDevice", () => {
  it.each([
    [{}, false, "remembered"],
    [{ DeviceOnlyRememberedOnUserPrompt: false }, false, "remembered"],
    [{ DeviceOnlyRememberedOnUserPrompt: true }, true, "not_remembered"],
  ])("with %o lets the user decide about remembering: %s", async (configuration, isLeftToUser, status) => {
    const here = await scene(configuration);
    const { key, confirmed } = await here.confirm();
    expect(confirmed).toEqual({ UserConfirmationNecessary: isLeftToUser });
    const { Device } = await here.call("AdminGetDevice", { ...here.named, DeviceKey: key });
    expect(Device.DeviceAttributes).toContainEqual({ Name: "dev:device_remembered_status", Value: status });
    expect(Device.DeviceAttributes?.map(({ Name }) => Name)).not.toContain("device_name");
  });

  it("rejects a key of another sign-in, and a confirmed one", async () => {
    const here = await scene();
    const { AccessToken, key } = await here.confirm();
    const other = await here.signIn();
    const request = { DeviceSecretVerifierConfig: verifier };
    expect(await here.refusal("ConfirmDevice", { ...request, AccessToken, DeviceKey: other.key })).toEqual([
      "InvalidParameterException",
      "Invalid device key given.",
    ]);
    expect((await here.refusal("ConfirmDevice", { ...request, AccessToken, DeviceKey: key }))[0]).toBe(
      "DeviceKeyExistsException",
    );
  });

  it.each([
    ["Salt", "", "InvalidParameterException"],
    ["Salt", Buffer.alloc(18, 1).toString("base64"), "InvalidParameterException"],
    ["PasswordVerifier", Buffer.alloc(384).toString("base64"), "InvalidParameterException"],
    ["PasswordVerifier", Buffer.alloc(386, 1).toString("base64"), "InvalidParameterException"],
  ])("refuses the %s %.12s", async (name, value, error) => {
    const here = await scene();
    const { AccessToken, key } = await here.signIn();
    const [code] = await here.refusal("ConfirmDevice", {
      AccessToken,
      DeviceKey: key,
      DeviceSecretVerifierConfig: { ...verifier, [name]: value },
    });
    expect(code).toBe(error);
  });
});

describe("reading devices", () => {
  it("returns all members by GetDevice and AdminGetDevice", async () => {
    const here = await scene();
    const { AccessToken, key } = await here.confirm("laptop");
    const owner = `alice.${here.pool.id}`;
    const shown = await here.call("GetDevice", { AccessToken, DeviceKey: key });
    expect(shown).toEqual({
      Device: {
        DeviceKey: key,
        DeviceAttributes: [
          { Name: "device_status", Value: "valid" },
          { Name: "device_name", Value: "laptop" },
          {
            Name: "dev:device_arn",
            Value: `arn:aws:cognito-idp:us-east-1:123456789012:owner/${owner}/device/${key}`,
          },
          { Name: "dev:device_owner", Value: owner },
          { Name: "last_ip_used", Value: "127.0.0.1" },
          { Name: "dev:device_remembered_status", Value: "remembered" },
          { Name: "dev:device_sdk", Value: "aws-sdk" },
        ],
        DeviceCreateDate: context.clock.now(),
        DeviceLastModifiedDate: context.clock.now(),
        DeviceLastAuthenticatedDate: Math.floor(context.clock.now() / 1000) * 1000,
      },
    });
    expect(await here.call("AdminGetDevice", { ...here.named, DeviceKey: key })).toEqual(shown);
  });

  it("lists remembered devices with few attributes for the user, and all devices for administrators, in pages", async () => {
    const here = await scene({ DeviceOnlyRememberedOnUserPrompt: true });
    const first = await here.confirm();
    context.clock.advance(1);
    const second = await here.confirm("tablet");
    const { AccessToken } = first;
    expect(await here.call("ListDevices", { AccessToken })).toEqual({ Devices: [] });
    await here.call("UpdateDeviceStatus", {
      AccessToken,
      DeviceKey: second.key,
      DeviceRememberedStatus: "remembered",
    });
    expect((await here.call("ListDevices", { AccessToken })).Devices).toMatchObject([
      {
        DeviceKey: second.key,
        DeviceAttributes: [{ Name: "device_status" }, { Name: "device_name" }, { Name: "last_ip_used" }],
      },
    ]);
    const page = await here.call("AdminListDevices", { ...here.named, Limit: 1 });
    expect(page.Devices?.map(({ DeviceKey }) => DeviceKey)).toEqual([first.key]);
    const rest = await here.call("AdminListDevices", {
      ...here.named,
      Limit: 1,
      PaginationToken: page.PaginationToken,
    });
    expect(rest.Devices?.map(({ DeviceKey }) => DeviceKey)).toEqual([second.key]);
    expect(rest.PaginationToken).toBeUndefined();
  });

  it("is rejected for another user's device", async () => {
    const here = await scene();
    const { key } = await here.confirm();
    await here.addUser({ username: "bob" });
    for (const operation of ["AdminGetDevice", "AdminForgetDevice", "AdminUpdateDeviceStatus"] as const) {
      const request = { UserPoolId: here.pool.id, Username: "bob", DeviceKey: key };
      expect(await here.refusal(operation, request)).toEqual(NO_DEVICE);
    }
    const bob = await here.call("InitiateAuth", {
      ClientId: here.client.id,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "bob", PASSWORD },
    });
    const { AccessToken = "" } = bob.AuthenticationResult ?? {};
    for (const operation of ["GetDevice", "ForgetDevice", "UpdateDeviceStatus"] as const) {
      expect(await here.refusal(operation, { AccessToken, DeviceKey: key })).toEqual(NO_DEVICE);
    }
    expect((await here.call("AdminGetDevice", { ...here.named, DeviceKey: key })).Device.DeviceKey).toBe(key);
  });

  it("is rejected without an access token", async () => {
    const here = await scene();
    const DeviceKey = (await here.confirm()).key;
    for (const operation of ["GetDevice", "ForgetDevice"] as const) {
      expect(await here.refusal(operation, { DeviceKey })).toEqual([
        "NotAuthorizedException",
        "Invalid Access Token",
      ]);
    }
  });

  it.each([
    ["AdminGetDevice", "ResourceNotFoundException"],
    ["AdminListDevices", "ResourceNotFoundException"],
    ["AdminForgetDevice", "UserNotFoundException"],
    ["AdminUpdateDeviceStatus", "UserNotFoundException"],
  ] as const)("is rejected for an unknown user by %s with %s", async (operation, code) => {
    const here = await scene();
    const { key } = await here.confirm();
    const request = { ...here.named, Username: "nobody", DeviceKey: key };
    expect(await here.refusal(operation, request)).toEqual([code, "User does not exist."]);
  });

  it("continues a list only with a token of the same list, user and pool", async () => {
    const here = await scene();
    await here.confirm();
    const { AccessToken } = await here.confirm();
    await here.addUser({ username: "bob" });
    const other = await scene();
    const { PaginationToken } = await here.call("AdminListDevices", { ...here.named, Limit: 1 });
    for (const refused of [
      here.refusal("ListDevices", { AccessToken, PaginationToken }),
      here.refusal("AdminListDevices", { ...here.named, Username: "bob", PaginationToken }),
      here.refusal("AdminListDevices", { ...other.named, PaginationToken }),
    ]) {
      expect((await refused)[0]).toBe("InvalidParameterException");
    }
  });

  it("fills a page with the devices that the user's list shows", async () => {
    const here = await scene();
    const keys: string[] = [];
    let AccessToken = "";
    for (let i = 0; i < 4; i += 1) {
      context.clock.advance(1);
      const confirmed = await here.confirm();
      keys.push(confirmed.key);
      ({ AccessToken } = confirmed);
    }
    const [first, second = "", third, fourth] = keys;
    const DeviceRememberedStatus = "not_remembered" as const;
    await here.call("UpdateDeviceStatus", { AccessToken, DeviceKey: second, DeviceRememberedStatus });
    const page = await here.call("ListDevices", { AccessToken, Limit: 2 });
    expect(page.Devices?.map(({ DeviceKey }) => DeviceKey)).toEqual([first, third]);
    const { PaginationToken } = page;
    const rest = await here.call("ListDevices", { AccessToken, Limit: 2, PaginationToken });
    expect(rest.Devices?.map(({ DeviceKey }) => DeviceKey)).toEqual([fourth]);
  });

  it("is rejected if the pool tracks no devices", async () => {
    const here = await scene();
    const { AccessToken, key } = await here.confirm();
    await context.store.pools.update(here.pool.id, (pool) => ({ ...pool, settings: {} }));
    expect((await here.refusal("GetDevice", { AccessToken, DeviceKey: key }))[0]).toBe(
      "InvalidUserPoolConfigurationException",
    );
    expect((await here.refusal("AdminListDevices", here.named))[0]).toBe(
      "InvalidUserPoolConfigurationException",
    );
    const request = { AccessToken, DeviceKey: key, DeviceSecretVerifierConfig: verifier };
    expect((await here.refusal("ConfirmDevice", request))[0]).toBe("InvalidUserPoolConfigurationException");
  });
});

describe("updating the status of a device", () => {
  it("is a modification of the device, and changes nothing without a status", async () => {
    const here = await scene();
    const { AccessToken, key: DeviceKey } = await here.confirm();
    const device = async () => (await here.call("GetDevice", { AccessToken, DeviceKey })).Device;
    const before = await device();
    context.clock.advance(1000);
    expect(await here.call("UpdateDeviceStatus", { AccessToken, DeviceKey })).toEqual({});
    expect(await device()).toEqual(before);
    const request = { ...here.named, DeviceKey, DeviceRememberedStatus: "not_remembered" as const };
    expect(await here.call("AdminUpdateDeviceStatus", request)).toEqual({});
    const after = await device();
    expect(after.DeviceLastModifiedDate).toBe(context.clock.now());
    expect(after.DeviceCreateDate).toBe(before.DeviceCreateDate);
    expect(after.DeviceAttributes).toContainEqual({
      Name: "dev:device_remembered_status",
      Value: "not_remembered",
    });
  });
});
