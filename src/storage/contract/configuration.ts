import { describe, expect, it } from "vitest";
import { AlreadyExists, InvalidPagePosition, OwnerMissing } from "../errors.ts";
import type { Store } from "../store.ts";
import {
  allPages,
  clientRecord,
  groupRecord,
  messageRecord,
  newPool,
  poolRecord,
  unique,
} from "./fixtures.ts";

export function describeConfiguration(store: () => Store): void {
  const messagesOf = async (poolId: string) => (await store().inbox.list({ poolId }, { limit: 10 })).items;

  describe("user pools", () => {
    it("are read as they were written", async () => {
      const pool = poolRecord({ settings: { Policies: { PasswordPolicy: { MinimumLength: 12 } } } });
      await store().pools.insert(pool);
      expect(await store().pools.get(pool.id)).toEqual(pool);
      expect(await store().pools.get("us-east-1_None")).toBeUndefined();
    });

    it("have unique ids", async () => {
      const pool = poolRecord();
      await store().pools.insert(pool);
      await expect(store().pools.insert({ ...pool, name: "again" })).rejects.toThrow(AlreadyExists);
      expect((await store().pools.get(pool.id))?.name).toBe("people");
    });

    it("show a change immediately", async () => {
      const pool = poolRecord();
      await store().pools.insert(pool);
      await store().pools.get(pool.id);
      const changed = await store().pools.update(pool.id, (before) => ({
        ...before,
        name: "renamed",
        settings: { ...before.settings, MfaConfiguration: "ON" },
        lastModifiedAt: 2000,
      }));
      expect(await store().pools.get(pool.id)).toEqual(changed);
      expect(changed).toMatchObject({ name: "renamed", settings: { MfaConfiguration: "ON" } });
      expect(await store().pools.update("us-east-1_None", (before) => before)).toBeUndefined();
    });

    it("lose no change in concurrent updates", async () => {
      const poolId = await newPool(store());
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          store().pools.update(poolId, (before) => ({
            ...before,
            settings: {
              ...before.settings,
              UserPoolTags: { ...before.settings.UserPoolTags, [`tag${index}`]: "" },
            },
          })),
        ),
      );
      const tags = (await store().pools.get(poolId))?.settings.UserPoolTags ?? {};
      expect(Object.keys(tags)).toHaveLength(21);
    });

    it("are not changed by a mutation of a record that was read", async () => {
      const poolId = await newPool(store());
      const pool = await store().pools.get(poolId);
      expect(() => Object.assign(pool ?? {}, { name: "hacked" })).toThrow(TypeError);
      expect(() => Object.assign(pool?.settings.UserPoolTags ?? {}, { team: "hacked" })).toThrow(TypeError);
      const attempt = store().pools.update(poolId, (before) => Object.assign(before, { name: "hacked" }));
      await expect(attempt).rejects.toThrow(TypeError);
      expect((await store().pools.get(poolId))?.name).toBe("people");
    });

    it("are listed and counted by region, in order of creation", async () => {
      const region = unique("eu-test-");
      const ids = ["z", "a", "m"].map((name) => `${region}_${name}`);
      for (const id of ids) await store().pools.insert(poolRecord({ id }));
      await store().pools.insert(poolRecord({ id: `${region}x_other` }));
      const pages = await allPages(2, (page) => store().pools.list(region, page));
      expect(pages.map((page) => page.map(({ id }) => id))).toEqual([ids.slice(0, 2), ids.slice(2)]);
      expect(await store().pools.count(region)).toBe(3);
      await store().pools.delete(`${region}_a`);
      expect(await store().pools.count(region)).toBe(2);
    });

    it("are deleted with their clients, signing keys, groups and messages, and without those of other pools", async () => {
      const pool = poolRecord();
      await store().pools.insert(pool);
      const otherPoolId = await newPool(store());
      const [client, otherClient] = [clientRecord(pool.id), clientRecord(otherPoolId)];
      const group = groupRecord(pool.id);
      const message = messageRecord({ poolId: pool.id });
      for (const record of [client, otherClient]) await store().clients.insert(record);
      const kid = unique("kid");
      await store().signingKeys.insert({
        kid,
        poolId: pool.id,
        use: "id",
        privateKey: new Uint8Array([1]),
        createdAt: 1,
      });
      await store().groups.insert(group);
      await store().inbox.insert(message);
      // So that all of it could be in a cache.
      await store().clients.get(client.id);
      await store().signingKeys.list(pool.id);

      expect(await store().pools.delete(pool.id)).toBe(true);
      expect(await store().pools.delete(pool.id)).toBe(false);
      for (const isBack of [false, true]) {
        if (isBack) await store().pools.insert(pool);
        expect(await store().clients.get(client.id)).toBeUndefined();
        expect(await store().clients.count(pool.id)).toBe(0);
        expect(await store().signingKeys.list(pool.id)).toEqual([]);
        expect(await store().groups.get(pool.id, group.name)).toBeUndefined();
        expect(await store().groups.count(pool.id)).toBe(0);
        expect(await messagesOf(pool.id)).toEqual([]);
      }
      expect(await store().clients.get(otherClient.id)).toEqual(otherClient);
      await store().clients.insert(client);
      await store().groups.insert(group);
    });
  });

  describe("app clients", () => {
    it("are read as they were written, also by id alone", async () => {
      const poolId = await newPool(store());
      const open = clientRecord(poolId, { secrets: [] });
      const confidential = clientRecord(poolId);
      for (const client of [open, confidential]) {
        await store().clients.insert(client);
        expect(await store().clients.get(client.id)).toEqual(client);
      }
      expect(await store().clients.get("none")).toBeUndefined();
    });

    it("have ids that are unique over all pools", async () => {
      const client = clientRecord(await newPool(store()));
      await store().clients.insert(client);
      const sameId = clientRecord(await newPool(store()), { id: client.id });
      await expect(store().clients.insert(sameId)).rejects.toThrow(AlreadyExists);
    });

    it("need a pool", async () => {
      await expect(store().clients.insert(clientRecord("us-east-1_None"))).rejects.toThrow(OwnerMissing);
    });

    it("show a change and a deletion immediately", async () => {
      const client = clientRecord(await newPool(store()));
      await store().clients.insert(client);
      await store().clients.get(client.id);
      const changed = await store().clients.update(client.id, (before) => ({
        ...before,
        name: "renamed",
        secrets: [...before.secrets, { id: "s2", value: "second", createdAt: 2 }],
      }));
      expect(changed?.secrets.map(({ value }) => value)).toEqual(["secret value", "second"]);
      expect(await store().clients.get(client.id)).toEqual(changed);
      expect(await store().clients.delete(client.id)).toBe(true);
      expect(await store().clients.get(client.id)).toBeUndefined();
      expect(await store().clients.delete(client.id)).toBe(false);
      expect(await store().clients.update(client.id, (before) => before)).toBeUndefined();
    });

    it("are listed in order of creation, and counted", async () => {
      const poolId = await newPool(store());
      const clients = [3, 1, 2].map((createdAt) => clientRecord(poolId, { createdAt }));
      for (const client of clients) await store().clients.insert(client);
      const pages = await allPages(2, (page) => store().clients.list(poolId, page));
      expect(pages.flat().map(({ createdAt }) => createdAt)).toEqual([1, 2, 3]);
      expect(await store().clients.count(poolId)).toBe(3);
      const attempt = store().clients.list(await newPool(store()), {
        limit: 1,
        after: (await store().clients.list(poolId, { limit: 1 })).next,
      });
      await expect(attempt).rejects.toThrow(InvalidPagePosition);
    });
  });

  describe("signing keys", () => {
    const key = (poolId: string, createdAt: number) => ({
      kid: unique("kid"),
      poolId,
      use: "access" as const,
      privateKey: new Uint8Array([createdAt, 0, 255]),
      createdAt,
    });

    it("are listed oldest first, with retired ones", async () => {
      const poolId = await newPool(store());
      const [newer, older] = [key(poolId, 2), key(poolId, 1)];
      await store().signingKeys.insert(newer);
      await store().signingKeys.insert(older);
      const kids = async () => (await store().signingKeys.list(poolId)).map(({ kid }) => kid);
      expect(await kids()).toEqual([older.kid, newer.kid]);
      await store().signingKeys.update(older.kid, (before) => ({ ...before, retiredAt: 5 }));
      const [first] = await store().signingKeys.list(poolId);
      expect(first).toEqual({ ...older, retiredAt: 5, privateKey: first?.privateKey });
      expect([...(first?.privateKey ?? [])]).toEqual([1, 0, 255]);
      expect(await store().signingKeys.delete(older.kid)).toBe(true);
      expect(await kids()).toEqual([newer.kid]);
      expect(await store().signingKeys.delete(older.kid)).toBe(false);
      expect(await store().signingKeys.update(older.kid, (before) => before)).toBeUndefined();
    });

    it("are generated in advance, and each spare is used once", async () => {
      await store().signingKeys.takeSpares(1000);
      for (let index = 0; index < 10; index++) {
        await store().signingKeys.addSpare({ kid: unique("spare"), privateKey: new Uint8Array([index]) });
      }
      expect(await store().signingKeys.countSpares()).toBe(10);
      const taken = await Promise.all(Array.from({ length: 6 }, () => store().signingKeys.takeSpares(2)));
      const kids = taken.flat().map(({ kid }) => kid);
      expect(kids).toHaveLength(10);
      expect(new Set(kids).size).toBe(10);
      expect(await store().signingKeys.countSpares()).toBe(0);
    });
  });

  describe("the installation's own values", () => {
    it("are written and read", async () => {
      const name = unique("seed");
      expect(await store().installation.get(name)).toBeUndefined();
      await store().installation.set(name, "1");
      await store().installation.set(name, "2");
      expect(await store().installation.get(name)).toBe("2");
    });
  });

  describe("the inbox", () => {
    it("stores messages with all of their members", async () => {
      const [mail, text] = [
        messageRecord({ poolId: unique("us-east-1_Inbox") }),
        messageRecord({
          poolId: unique("us-east-1_Inbox"),
          medium: "SMS",
          subject: undefined,
          body: "Your code is 123456",
        }),
      ];
      for (const message of [mail, text]) {
        await store().inbox.insert(message);
        expect(await messagesOf(message.poolId)).toEqual([message]);
      }
    });

    it("lists newest first, by pool, destination and username alone or together", async () => {
      const destination = `${unique("to")}@example.com`;
      const username = unique("addressee");
      const poolId = unique("us-east-1_Inbox");
      const send = (sentAt: number, overrides: Parameters<typeof messageRecord>[0]) =>
        store().inbox.insert(messageRecord({ sentAt, body: String(sentAt), ...overrides }));
      await send(1, { poolId, destination, username });
      await send(3, { poolId, destination, username: unique("other") });
      await send(2, { poolId, destination: unique("other"), username });
      await send(4, { destination, username });
      const bodies = async (filter: Parameters<Store["inbox"]["list"]>[0]) =>
        (await allPages(1, (page) => store().inbox.list(filter, page))).flat().map(({ body }) => body);
      expect(await bodies({ poolId })).toEqual(["3", "2", "1"]);
      expect(await bodies({ destination })).toEqual(["4", "3", "1"]);
      expect(await bodies({ username })).toEqual(["4", "2", "1"]);
      expect(await bodies({ poolId, destination })).toEqual(["3", "1"]);
      expect(await bodies({ poolId, username })).toEqual(["2", "1"]);
      expect(await bodies({ destination, username })).toEqual(["4", "1"]);
      expect(await bodies({ poolId, destination, username })).toEqual(["1"]);
    });

    it("deletes one message, or all of them", async () => {
      const messages = [messageRecord(), messageRecord()];
      for (const message of messages) await store().inbox.insert(message);
      expect(await store().inbox.delete(messages[0]?.id ?? "")).toBe(true);
      expect(await store().inbox.delete(messages[0]?.id ?? "")).toBe(false);
      await store().inbox.deleteAll();
      expect((await store().inbox.list({}, { limit: 10 })).items).toEqual([]);
    });
  });
}
