import { replacingViolation, type Session } from "../engine.ts";
import { AlreadyExists } from "../errors.ts";
import { fromJson, toJson } from "../json.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { type Page, type PageRequest, readPage } from "../page.ts";
import { atMost, parametersFor, prepared } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import { openJson, sealContext, sealJson } from "../sealing.ts";
import type { DeviceRecord } from "./record.ts";
import { type DevicesTable, devicesTable } from "./table.ts";

export interface DeviceRepository {
  /**
   * @throws AlreadyExists the device key is taken in the pool
   * @throws OwnerMissing there is no such user
   */
  insert(device: DeviceRecord): Promise<void>;
  /** Of whichever user of the pool: callers compare `sub`. */
  get(poolId: string, deviceKey: string): Promise<DeviceRecord | undefined>;
  /** Reads, applies the pure `change` and writes back as one step; undefined when there is no such device. */
  update(
    poolId: string,
    deviceKey: string,
    change: (device: DeviceRecord) => DeviceRecord,
  ): Promise<DeviceRecord | undefined>;
  /** @returns whether there was one */
  delete(poolId: string, deviceKey: string): Promise<boolean>;
  /** In order of creation. */
  listOfUser(poolId: string, sub: string, page: PageRequest): Promise<Page<DeviceRecord>>;
}

type DeviceRow = Omit<DevicesTable, "pool_key">;

export class SqlDeviceRepository implements DeviceRepository {
  readonly #session: Session;
  readonly #sealer: Sealer;

  constructor(session: Session, sealer: Sealer) {
    this.#session = session;
    this.#sealer = sealer;
  }

  async insert(device: DeviceRecord): Promise<void> {
    const row = { ...this.#toRow(device), poolId: device.poolId };
    await this.#session.write((writer) =>
      insertingOwned(`user as ${device.sub} of ${device.poolId}`, () =>
        replacingViolation(
          "unique",
          () => new AlreadyExists(`There is a device with the key ${device.deviceKey}.`),
          () => writer.run(insertDevice, row),
        ),
      ),
    );
  }

  async get(poolId: string, deviceKey: string): Promise<DeviceRecord | undefined> {
    const row = await this.#session.reader.first(selectDevice, { poolId, deviceKey });
    return row && this.#toRecord(poolId, row);
  }

  update(
    poolId: string,
    deviceKey: string,
    change: (device: DeviceRecord) => DeviceRecord,
  ): Promise<DeviceRecord | undefined> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectDevice, { poolId, deviceKey });
      if (!row) return undefined;
      const device = this.#toRecord(poolId, row);
      const changed = change(device);
      if (changed !== device) await writer.run(updateDevice, { ...this.#toRow(changed), poolId });
      return changed;
    });
  }

  async delete(poolId: string, deviceKey: string): Promise<boolean> {
    return (await this.#session.write((writer) => writer.run(deleteDevice, { poolId, deviceKey }))) > 0;
  }

  listOfUser(poolId: string, sub: string, page: PageRequest): Promise<Page<DeviceRecord>> {
    return readPage(["devices", poolId, sub], page, [Number.MIN_SAFE_INTEGER, ""], {
      fetch: ([createdAt, deviceKey], limit) =>
        this.#session.reader.all(selectDevices, {
          poolId,
          sub,
          createdAt: Number(createdAt),
          deviceKey: String(deviceKey),
          limit,
        }),
      keyOf: (row) => [row.created_at, row.device_key],
      recordOf: (row) => this.#toRecord(poolId, row),
    });
  }

  #toRow(device: DeviceRecord): DeviceRow {
    const { poolId, sub, deviceKey, verifier, createdAt, ...settings } = device;
    const stored = verifier && {
      saltHex: verifier.saltHex,
      verifier: Buffer.from(verifier.verifier).toString("base64"),
    };
    return {
      sub,
      device_key: deviceKey,
      settings: toJson(settings),
      sealed_verifier: stored ? sealJson(this.#sealer, stored, contextOf(poolId, deviceKey)) : null,
      created_at: createdAt,
    };
  }

  #toRecord(poolId: string, row: DeviceRow): DeviceRecord {
    const { sealed_verifier: sealed, device_key: deviceKey } = row;
    const stored =
      sealed &&
      openJson<{ saltHex: string; verifier: string }>(this.#sealer, sealed, contextOf(poolId, deviceKey));
    return {
      ...fromJson<Omit<DeviceRecord, "poolId" | "sub" | "deviceKey" | "createdAt" | "verifier">>(
        row.settings,
      ),
      poolId,
      sub: row.sub,
      deviceKey,
      ...(stored && {
        verifier: { saltHex: stored.saltHex, verifier: Buffer.from(stored.verifier, "base64") },
      }),
      createdAt: row.created_at,
    };
  }
}

const contextOf = (poolId: string, deviceKey: string) =>
  sealContext(devicesTable, "sealed_verifier", { pool_id: poolId, device_key: deviceKey });

const deviceColumns = [
  "sub",
  "device_key",
  "settings",
  "sealed_verifier",
  "created_at",
] as const satisfies readonly (keyof DeviceRow)[];

const insertDevice = prepared<DeviceRow & { poolId: string }>()((db, p) =>
  db.insertInto("devices").values({
    pool_key: poolKeyFor(db, p("poolId")),
    ...parametersFor<DeviceRow, keyof DeviceRow>(p, deviceColumns),
  }),
);

const selectDevice = prepared<{ poolId: string; deviceKey: string }>()((db, p) =>
  db
    .selectFrom("devices")
    .select(deviceColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("device_key", "=", p("deviceKey")),
);

/** All that a device can change; its user and its creation stay. */
const updateDevice = prepared<DeviceRow & { poolId: string }>()((db, p) =>
  db
    .updateTable("devices")
    .set({ settings: p("settings"), sealed_verifier: p("sealed_verifier") })
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("device_key", "=", p("device_key")),
);

const deleteDevice = prepared<{ poolId: string; deviceKey: string }>()((db, p) =>
  db
    .deleteFrom("devices")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("device_key", "=", p("deviceKey")),
);

const selectDevices = prepared<{
  poolId: string;
  sub: string;
  createdAt: number;
  deviceKey: string;
  limit: number;
}>()((db, p) =>
  db
    .selectFrom("devices")
    .select(deviceColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple("created_at", "device_key"), ">", tuple(p("createdAt"), p("deviceKey"))),
    )
    .orderBy("created_at")
    .orderBy("device_key")
    .limit(atMost(p("limit"))),
);
