import { describe, expect, it } from "vitest";
import { allPages, newUser, unique } from "../contract/fixtures.ts";
import { AlreadyExists, OwnerMissing } from "../errors.ts";
import type { PasskeyRecord, UserRecord } from "../records.ts";
import type { Store } from "../store.ts";

function passkeyRecord(user: UserRecord, overrides: Partial<PasskeyRecord> = {}): PasskeyRecord {
  return {
    poolId: user.poolId,
    sub: user.sub,
    credentialId: unique("credential"),
    publicKey: new Uint8Array([1, 255]),
    signCount: 0,
    friendlyName: "iCloud Keychain",
    relyingPartyId: "example.com",
    transports: ["internal", "hybrid"],
    createdAt: 1000,
    ...overrides,
  };
}

export function describePasskeys(store: () => Store): void {
  const bytesOf = (passkey: PasskeyRecord | undefined) =>
    passkey && { ...passkey, publicKey: [...passkey.publicKey] };

  describe("passkeys", () => {
    it("are read as they were written", async () => {
      const user = await newUser(store());
      const passkey = passkeyRecord(user, { authenticatorAttachment: "platform" });
      await store().passkeys.insert(passkey);
      const found = await store().passkeys.get(user.poolId, passkey.credentialId);
      expect(bytesOf(found)).toEqual(bytesOf(passkey));
      expect(await store().passkeys.get(user.poolId, "none")).toBeUndefined();
      await expect(store().passkeys.insert(passkey)).rejects.toThrow(AlreadyExists);
    });

    it("store the authenticator's signature counter", async () => {
      const passkey = passkeyRecord(await newUser(store()));
      await store().passkeys.insert(passkey);
      const { poolId, credentialId } = passkey;
      await store().passkeys.update(poolId, credentialId, (before) => ({ ...before, signCount: 7 }));
      expect((await store().passkeys.get(poolId, credentialId))?.signCount).toBe(7);
    });

    it("are listed by user in order of creation, and are deleted once, also with their user", async () => {
      const user = await newUser(store());
      const passkeys = [2, 3, 1].map((createdAt) => passkeyRecord(user, { createdAt }));
      for (const passkey of passkeys) await store().passkeys.insert(passkey);
      const times = async () =>
        (await allPages(2, (page) => store().passkeys.listOfUser(user.poolId, user.sub, page)))
          .flat()
          .map(({ createdAt }) => createdAt);
      expect(await times()).toEqual([1, 2, 3]);
      const [{ credentialId = "" } = {}] = passkeys;
      expect(await store().passkeys.delete(user.poolId, credentialId)).toBe(true);
      expect(await store().passkeys.delete(user.poolId, credentialId)).toBe(false);
      expect(await times()).toEqual([1, 3]);
      await store().users.delete(user.poolId, user.sub);
      expect(await times()).toEqual([]);
    });
  });

  describe("passkey registrations", () => {
    it("exist once for each user, the newest, and are used by exactly one of several concurrent callers", async () => {
      const { poolId, sub } = await newUser(store());
      const registration = {
        poolId,
        sub,
        challenge: "first",
        relyingPartyId: "example.com",
        expiresAt: 5000,
      };
      await store().passkeys.startRegistration(registration);
      await store().passkeys.startRegistration({ ...registration, challenge: "second" });
      const taken = await Promise.all(
        Array.from({ length: 5 }, () => store().passkeys.takeRegistration(poolId, sub)),
      );
      expect(taken.filter((each) => each !== undefined)).toEqual([{ ...registration, challenge: "second" }]);
      const nobody = store().passkeys.startRegistration({ ...registration, sub: "nobody" });
      await expect(nobody).rejects.toThrow(OwnerMissing);
    });
  });
}
