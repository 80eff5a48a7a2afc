import { expect, it } from "vitest";
import { caller } from "../operations/testing.ts";
import { testContext } from "../testing.ts";

it("puts the issuer into tokens in the form of the pool's IssuerConfiguration, and keeps tokens from before a change valid", async () => {
  const context = await testContext({
    issuerOf: (poolId, form = "ORIGINAL") => `https://${form.toLowerCase()}.example.com/${poolId}`,
  });
  const api = caller(context);
  const UserPoolId = await api.pool();
  const ClientId = await api.client(UserPoolId);
  const user = { UserPoolId, Username: "jane" };
  await api.call("AdminCreateUser", user);
  await api.call("AdminSetUserPassword", { ...user, Password: "Right-Password-1", Permanent: true });
  const signIn = () => api.signIn(ClientId, "jane", "Right-Password-1");
  const issuerOf = (token: string) =>
    JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).iss;

  const before = await signIn();
  expect(issuerOf(before)).toBe(`https://original.example.com/${UserPoolId}`);
  await api.call("UpdateUserPool", { UserPoolId, IssuerConfiguration: { Type: "UPDATED" } });
  const after = await signIn();
  expect(issuerOf(after)).toBe(`https://updated.example.com/${UserPoolId}`);
  for (const AccessToken of [before, after]) {
    expect((await api.call("GetUser", { AccessToken })).Username).toBe("jane");
  }
});
