import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { createDatabase, dropConnections } from "../../../test/support/database.ts";
import { stoppedClock } from "../../clock.ts";
import { clientRecord, newPool, unique, userRecord } from "../contract/fixtures.ts";
import { CannotOpenDatabase, DatabaseUnavailable } from "../errors.ts";
import { CONFIGURATION_CACHE_MILLISECONDS, type Store } from "../store.ts";
import { transparentSealer } from "../testing.ts";
import { openPostgresStore } from "./index.ts";

/** Stands between the store and its server, and can stop passing anything on without closing a connection. */
async function startRelay(url: string) {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const relay = createServer((client) => {
    const server = connect(Number(port), hostname);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk) => !isFrozen && to.write(chunk));
      from.on("error", () => undefined);
      from.on("close", () => to.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(relay, "listening");
  const relayed = new URL(url);
  relayed.port = String((relay.address() as AddressInfo).port);
  return {
    url: relayed.href,
    freeze() {
      isFrozen = true;
    },
    thaw() {
      isFrozen = false;
    },
    stop() {
      for (const socket of sockets) socket.destroy();
      relay.close();
    },
  };
}

function open(url: string, clock = stoppedClock(0)): Promise<Store> {
  return openPostgresStore({ url, sealer: transparentSealer, clock });
}

/** Makes a server take writes or refuse them, as a standby does. */
async function setReadOnly(url: string, setting: "on" | "off"): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const name = new URL(url).pathname.slice(1);
  await client.query("set default_transaction_read_only = off");
  await client.query(`alter database "${name}" set default_transaction_read_only = ${setting}`);
  await client.end();
  await dropConnections(url);
}

/** @param second the URL of another server, whose user and database are used */
function urlOfServers(first: string, second: string): string {
  return second.replace("@", `@${new URL(first).host},`);
}

describe("several nodes over one Postgres", () => {
  it("can all start at once on an empty database", async () => {
    const url = await createDatabase();
    const nodes = await Promise.all([1, 2, 3, 4].map(() => open(url)));
    const [first, second] = nodes as [Store, Store];
    const poolId = await newPool(first);
    expect(await second.pools.get(poolId)).toBeDefined();
    await Promise.all(nodes.map((node) => node.close()));
  });

  it("see each other's users immediately, and each other's configuration within the promised time", async () => {
    const url = await createDatabase();
    const clock = stoppedClock(0);
    const [here, there] = await Promise.all([open(url, clock), open(url, clock)]);
    const poolId = await newPool(here);
    const client = clientRecord(poolId);
    await here.clients.insert(client);
    await there.pools.get(poolId);
    await there.clients.get(client.id);

    const user = userRecord(poolId);
    await here.users.insert(user);
    expect(await there.users.find(poolId, user.username)).toEqual(user);

    await here.pools.update(poolId, (pool) => ({ ...pool, name: "renamed" }));
    await here.clients.delete(client.id);
    expect((await here.pools.get(poolId))?.name).toBe("renamed");
    expect(await here.clients.get(client.id)).toBeUndefined();
    expect((await there.pools.get(poolId))?.name).not.toBe("renamed");
    expect((await there.uncached.pools.get(poolId))?.name).toBe("renamed");
    expect(await there.uncached.clients.get(client.id)).toBeUndefined();
    await there.uncached.pools.update(poolId, (pool) => pool);
    expect((await there.pools.get(poolId))?.name).not.toBe("renamed");
    clock.advance(CONFIGURATION_CACHE_MILLISECONDS);
    expect((await there.pools.get(poolId))?.name).toBe("renamed");
    expect(await there.clients.get(client.id)).toBeUndefined();
    await Promise.all([here.close(), there.close()]);
  });

  it("lose no concurrent change of the same row, and count all users", async () => {
    const url = await createDatabase();
    const nodes = await Promise.all([1, 2, 3].map(() => open(url)));
    const [first] = nodes as [Store];
    const poolId = await newPool(first);
    const shared = userRecord(poolId, { failedSignIns: { count: 0, lastAt: 0 } });
    await first.users.insert(shared);
    await Promise.all(
      nodes.flatMap((node) =>
        Array.from({ length: 10 }, async () => {
          await node.users.insert(userRecord(poolId));
          await node.users.update(poolId, shared.sub, (user) => ({
            ...user,
            failedSignIns: { count: (user.failedSignIns?.count ?? 0) + 1, lastAt: 0 },
          }));
        }),
      ),
    );
    expect(await first.users.count(poolId)).toBe(31);
    expect((await first.users.getBySub(poolId, shared.sub))?.failedSignIns?.count).toBe(30);
    await Promise.all(nodes.map((node) => node.close()));
  });
});

describe("an unavailable Postgres", () => {
  it("is reported at start in one readable line", async () => {
    const attempt = open("postgres://cognate@127.0.0.1:1/none");
    await expect(attempt).rejects.toThrow(CannotOpenDatabase);
    await expect(attempt).rejects.toThrow("Postgres cannot be used: connect ECONNREFUSED");
    const url = await createDatabase();
    await expect(open(`${url}_other`)).rejects.toThrow("does not exist");
  });

  it("fails running queries with DatabaseUnavailable, and answers again after it returns", async () => {
    const url = await createDatabase();
    const store = await open(url);
    const poolId = await newPool(store);
    const usedTickets = unique("session");
    const attempt = store.transaction(async (repositories) => {
      await repositories.usedTickets.use(usedTickets, 1);
      await dropConnections(url);
      await repositories.users.count(poolId);
    });
    await expect(attempt).rejects.toThrow(DatabaseUnavailable);
    // The connections that broke while unused are noticed one by one: each costs at most one error.
    const isBack = async () => {
      try {
        return (await store.usedTickets.isUsed(usedTickets)) === false;
      } catch (error) {
        expect(error).toBeInstanceOf(DatabaseUnavailable);
        return false;
      }
    };
    let tries = 0;
    while (!(await isBack())) expect(++tries).toBeLessThan(10);
    await store.close();
  });

  it("fails waiting queries while it is silent, and answers again afterwards", async () => {
    const relay = await startRelay(await createDatabase());
    const store = await openPostgresStore({
      url: relay.url,
      sealer: transparentSealer,
      clock: stoppedClock(0),
      connections: 2,
      timeoutMilliseconds: 1500,
    });
    const poolId = await newPool(store);
    relay.freeze();
    // More than there are connections: the rest waits for one.
    const attempts = await Promise.allSettled([
      store.users.count(poolId),
      ...Array.from({ length: 3 }, () => store.users.insert(userRecord(poolId))),
      store.transaction(({ usedTickets }) => usedTickets.use(unique("session"), 1)),
    ]);
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({ status: "rejected", reason: expect.any(DatabaseUnavailable) });
    }
    relay.thaw();
    const user = userRecord(poolId);
    await store.users.insert(user);
    expect(await store.users.find(poolId, user.username)).toEqual(user);
    relay.freeze();
    await store.close();
    relay.stop();
  });

  it("fails writes and pings if it is read-only, and they succeed again at the primary", async () => {
    const url = await createDatabase();
    const store = await open(url);
    const ping = () => store.ping().catch((error: Error) => error.message);
    await expect(store.ping()).resolves.toBeUndefined();
    await setReadOnly(url, "on");
    await expect.poll(ping).toBe("The database is read-only.");
    await expect(store.usedTickets.use(unique("session"), 1)).rejects.toThrow(DatabaseUnavailable);
    await setReadOnly(url, "off");
    await expect.poll(ping).toBeUndefined();
    expect(await store.usedTickets.use(unique("session"), 1)).toBe(true);
    await store.close();
  });

  it("is passed over for another server of the URL, which is used from then on", async () => {
    const url = await createDatabase();
    const [first, second] = [await startRelay(url), await startRelay(url)];
    const store = await open(urlOfServers(first.url, second.url));
    const poolId = await newPool(store);
    first.stop();
    const count = () => store.users.count(poolId).catch((error: unknown) => error);
    // A connection that broke while unused can cost one error.
    await expect.poll(count).toBe(0);
    await store.users.insert(userRecord(poolId));
    expect(await store.users.count(poolId)).toBe(1);
    await store.close();
    second.stop();
  });

  it("is passed over at the start too", async () => {
    const store = await open(urlOfServers("postgres://cognate@127.0.0.1:1/none", await createDatabase()));
    await expect(store.ping()).resolves.toBeUndefined();
    await store.close();
  });

  it("is not even read from if no server of the URL accepts writes", async () => {
    const url = await createDatabase();
    const store = await open(urlOfServers(url, url));
    const poolId = await newPool(store);
    await setReadOnly(url, "on");
    const count = () => store.users.count(poolId).catch((error: Error) => error.message);
    await expect.poll(count).toBe("The database is read-only.");
    await expect(open(urlOfServers(url, url))).rejects.toThrow("No server accepts writes.");
    await setReadOnly(url, "off");
    await expect.poll(count).toBe(0);
    await store.close();
  });

  it("makes a ping fail", async () => {
    const store = await open(await createDatabase());
    await expect(store.ping()).resolves.toBeUndefined();
    await store.close();
    await expect(store.ping()).rejects.toThrow();
  });
});
