import {
  AdminAddUserToGroupCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  GetGroupCommand,
  InitiateAuthCommand,
  ListUsersInGroupCommand,
  paginateListGroups,
  UpdateGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const RoleArn = "arn:aws:iam::123456789012:role/Admins";

describe("a group, through the JavaScript SDK", () => {
  it("is created, read, changed, listed and deleted", async () => {
    const { cognito } = server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    const named = { UserPoolId, GroupName: "admins" };
    const { Group } = await cognito.send(new CreateGroupCommand({ ...named, Precedence: 0 }));
    expect(Group).toMatchObject({ ...named, Precedence: 0, CreationDate: expect.any(Date) });
    expect(Group).not.toHaveProperty("RoleArn");

    await cognito.send(new UpdateGroupCommand({ ...named, RoleArn, Description: "All of them" }));
    expect((await cognito.send(new GetGroupCommand(named))).Group).toMatchObject({
      RoleArn,
      Description: "All of them",
      Precedence: 0,
    });

    await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: "users" }));
    const found: (string | undefined)[] = [];
    for await (const { Groups = [] } of paginateListGroups(
      { client: cognito, pageSize: 1 },
      { UserPoolId },
    )) {
      found.push(...Groups.map(({ GroupName }) => GroupName));
    }
    expect(found).toEqual(["admins", "users"]);

    await cognito.send(new DeleteGroupCommand(named));
    await expect(cognito.send(new GetGroupCommand(named))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Group not found.",
    });
  });

  it("gets members, whose next tokens contain the group", async () => {
    const { cognito } = server;
    const { poolId: UserPoolId, clientId } = await createPoolAndClient(cognito);
    const user = { UserPoolId, Username: "jane" };
    const member = { ...user, GroupName: "admins" };
    await createConfirmedUser(cognito, { ...user, Password: "Permanent-1" });
    await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: "admins", RoleArn, Precedence: 1 }));
    await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: "users" }));
    await cognito.send(new AdminAddUserToGroupCommand({ ...user, GroupName: "users" }));
    await cognito.send(new AdminAddUserToGroupCommand(member));

    const { Groups } = await cognito.send(new AdminListGroupsForUserCommand(user));
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(["admins", "users"]);
    const { Users } = await cognito.send(new ListUsersInGroupCommand({ UserPoolId, GroupName: "admins" }));
    expect(Users).toMatchObject([{ Username: "jane" }]);

    const claims = async () => {
      const { AuthenticationResult } = await cognito.send(
        new InitiateAuthCommand({
          ClientId: clientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "jane", PASSWORD: "Permanent-1" },
        }),
      );
      return {
        id: decodeJwt(AuthenticationResult?.IdToken ?? ""),
        access: decodeJwt(AuthenticationResult?.AccessToken ?? ""),
      };
    };
    const { id, access } = await claims();
    expect(id).toMatchObject({
      "cognito:groups": ["admins", "users"],
      "cognito:roles": [RoleArn],
      "cognito:preferred_role": RoleArn,
    });
    expect(access).toMatchObject({ "cognito:groups": ["admins", "users"] });

    await cognito.send(new AdminRemoveUserFromGroupCommand(member));
    expect((await claims()).id["cognito:groups"]).toEqual(["users"]);
  });
});
