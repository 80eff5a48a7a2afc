import { expect, it } from "vitest";
import { mfaScene, ON, SMS } from "./testing.ts";

const PHONE = "+15550100001";

/** A pool whose phone numbers are aliases; alice has one that is not verified. */
async function signedInByCode(holder?: { readonly phone_number: string }) {
  const here = await mfaScene(
    { ...ON, ...SMS, AliasAttributes: ["phone_number"] },
    { phone_number: PHONE, phone_number_verified: "false" },
  );
  if (holder !== undefined) {
    await here.addUser({ username: "bob", attributes: { ...holder, phone_number_verified: "true" } });
  }
  const challenge = await here.begin();
  const { AuthenticationResult } = await here.answer(challenge, { SMS_MFA_CODE: here.lastCode() });
  expect(AuthenticationResult?.TokenType).toBe("Bearer");
  const user = (Username: string) => here.call("AdminGetUser", { UserPoolId: here.pool.id, Username });
  const isVerified = (await user("alice")).UserAttributes?.find(
    ({ Name }) => Name === "phone_number_verified",
  );
  const found = await user(PHONE).catch(() => undefined);
  await here.context.store.close();
  return { isVerified: isVerified?.Value, foundByAlias: found?.Username };
}

it("verifies an alias by a correct code, so that the user is found by it", async () => {
  expect(await signedInByCode()).toEqual({ isVerified: "true", foundByAlias: "alice" });
});

it("does not move an alias from another user", async () => {
  expect(await signedInByCode({ phone_number: PHONE })).toEqual({ isVerified: "false", foundByAlias: "bob" });
});
