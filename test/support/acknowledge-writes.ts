/**
 * Writes into the SQLite store at the path it is given, and prints the name of each user once the write is acknowledged,
 * until it is killed: `node acknowledge-writes.ts FILE`.
 */
import { stoppedClock } from "../../src/clock.ts";
import { openSqliteStore } from "../../src/storage/index.ts";
import { transparentSealer } from "../../src/storage/testing.ts";

const [, , file = ""] = process.argv;
const poolId = "us-east-1_Durable00";
const store = await openSqliteStore({ file, sealer: transparentSealer, clock: stoppedClock(0) });
await store.pools.insert({ id: poolId, name: "durable", settings: {}, createdAt: 0, lastModifiedAt: 0 });

async function writeForEver(writer: number): Promise<never> {
  for (let count = 0; ; count++) {
    const username = `user-${writer}-${count}`;
    await store.transaction(async ({ users, usedTickets }) => {
      await users.insert({
        poolId,
        sub: username,
        username,
        status: "CONFIRMED",
        enabled: true,
        attributes: {},
        signInNames: [{ kind: "username", key: username }],
        createdAt: count,
        lastModifiedAt: count,
      });
      await usedTickets.use(username, 1);
    });
    await new Promise((written) => process.stdout.write(`${username}\n`, written));
  }
}

await Promise.all([0, 1, 2, 3].map(writeForEver));
