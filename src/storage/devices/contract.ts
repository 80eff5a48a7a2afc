import { describe, expect, it } from "vitest";
import { allPages, newPool, newUser, unique } from "../contract/fixtures.ts";
import { AlreadyExists, OwnerMissing } from "../errors.ts";
import type { DeviceRecord, UserRecord } from "../records.ts";
import type { Store } from "../store.ts";

function deviceRecord(user: UserRecord, overrides: Partial<DeviceRecord> = {}): DeviceRecord {
  return {
    poolId: user.poolId,
    sub: user.sub,
    deviceKey: unique("us-east-1_device"),
    deviceGroupKey: "-group",
    verifier: { saltHex: "00ab", verifier: Buffer.from([0, 255]) },
    name: "laptop",
    status: "not_remembered",
    lastIpAddress: "203.0.113.1",
    lastAuthenticatedAt: 1001,
    createdAt: 1000,
    lastModifiedAt: 1002,
    ...overrides,
  };
}

export function describeDevices(store: () => Store): void {
  describe("devices", () => {
    it("are read as they were written, and only in their pool", async () => {
      const user = await newUser(store());
      const [device, bare] = [
        deviceRecord(user),
        deviceRecord(user, { verifier: undefined, name: undefined, lastIpAddress: undefined }),
      ];
      for (const each of [device, bare]) await store().devices.insert(each);
      expect(await store().devices.get(user.poolId, device.deviceKey)).toEqual(device);
      expect(await store().devices.get(user.poolId, bare.deviceKey)).toEqual(bare);
      expect(await store().devices.get(await newPool(store()), device.deviceKey)).toBeUndefined();
    });

    it("have a key that is unique in the pool", async () => {
      const [user, other] = [await newUser(store()), await newUser(store())];
      const device = deviceRecord(user);
      await store().devices.insert(device);
      await expect(store().devices.insert(device)).rejects.toThrow(AlreadyExists);
      await store().devices.insert({ ...device, poolId: other.poolId, sub: other.sub });
    });

    it("can be remembered and get a verifier later", async () => {
      const device = deviceRecord(await newUser(store()), { verifier: undefined });
      await store().devices.insert(device);
      const changed = await store().devices.update(device.poolId, device.deviceKey, (before) => ({
        ...before,
        status: "remembered",
        verifier: { saltHex: "cd", verifier: Buffer.from([9]) },
        lastModifiedAt: 2000,
      }));
      expect(changed?.status).toBe("remembered");
      expect(await store().devices.get(device.poolId, device.deviceKey)).toEqual(changed);
      expect(await store().devices.update(device.poolId, "none", (same) => same)).toBeUndefined();
    });

    it("are listed by user in order of creation", async () => {
      const user = await newUser(store());
      const other = await newUser(store(), user.poolId);
      await store().devices.insert(deviceRecord(other));
      const devices = [3, 1, 2].map((createdAt) => deviceRecord(user, { createdAt }));
      for (const device of devices) await store().devices.insert(device);
      const pages = await allPages(2, (page) => store().devices.listOfUser(user.poolId, user.sub, page));
      expect(pages.flat().map(({ createdAt }) => createdAt)).toEqual([1, 2, 3]);
    });

    it("are deleted once, and with their user", async () => {
      const user = await newUser(store());
      const [device, kept] = [deviceRecord(user), deviceRecord(user)];
      for (const each of [device, kept]) await store().devices.insert(each);
      expect(await store().devices.delete(user.poolId, device.deviceKey)).toBe(true);
      expect(await store().devices.delete(user.poolId, device.deviceKey)).toBe(false);
      await store().users.delete(user.poolId, user.sub);
      expect(await store().devices.get(user.poolId, kept.deviceKey)).toBeUndefined();
      await expect(store().devices.insert(device)).rejects.toThrow(OwnerMissing);
    });
  });
}
