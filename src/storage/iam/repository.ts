import { type AccessKeyRepository, SqlAccessKeyRepository } from "../access-keys/index.ts";
import { replacingViolation, type Session, type Writer } from "../engine.ts";
import { AlreadyExists } from "../errors.ts";
import { fromJson, toJson } from "../json.ts";
import { prefixRange } from "../keys.ts";
import { type Page, type PageRequest, readPage } from "../page.ts";
import { atMost, prepared } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import { openJson, sealContext, sealJson } from "../sealing.ts";
import type {
  IamEntityRecord,
  IamIdentityRecord,
  IamOidcProviderRecord,
  IamPolicyRecord,
  IamRoleRecord,
  IamUserRecord,
} from "./record.ts";
import {
  type IamAttachmentsTable,
  type IamEntitiesTable,
  type IamEntityKind,
  iamEntitiesTable,
} from "./table.ts";

/** Records of one kind in an account, found by name without regard to case. */
interface NamedRepository<T extends IamEntityRecord> {
  /** @throws AlreadyExists the name is taken */
  insert(record: T): Promise<void>;
  get(accountId: string, name: string): Promise<T | undefined>;
  /** `change` may give another name. @throws AlreadyExists the new name is taken */
  update(accountId: string, name: string, change: (record: T) => T): Promise<T | undefined>;
  delete(accountId: string, name: string): Promise<boolean>;
  /** By name; only those whose path starts with `pathPrefix`. */
  list(accountId: string, pathPrefix: string, page: PageRequest): Promise<Page<T>>;
  count(accountId: string): Promise<number>;
}

export interface IamRepositories {
  readonly users: NamedRepository<IamUserRecord>;
  readonly roles: NamedRepository<IamRoleRecord>;
  readonly policies: NamedRepository<IamPolicyRecord>;
  readonly oidcProviders: NamedRepository<IamOidcProviderRecord>;
  readonly accessKeys: AccessKeyRepository;
  countAttachments(accountId: string, policyArn: string): Promise<PolicyUsage>;
  /** The same for each managed policy of the account, by ARN; those that nobody has are left out. */
  countAllAttachments(accountId: string): Promise<ReadonlyMap<string, PolicyUsage>>;
}

/** How many users and roles of an account have a managed policy attached, and how many have it as their boundary. */
export interface PolicyUsage {
  readonly attached: number;
  readonly boundaries: number;
}

export class SqlIamRepositories implements IamRepositories {
  readonly users: NamedRepository<IamUserRecord>;
  readonly roles: NamedRepository<IamRoleRecord>;
  readonly policies: NamedRepository<IamPolicyRecord>;
  readonly oidcProviders: NamedRepository<IamOidcProviderRecord>;
  readonly accessKeys: SqlAccessKeyRepository;
  readonly #session: Session;

  constructor(session: Session, sealer: Sealer) {
    this.#session = session;
    this.users = new SqlNamedRepository<IamUserRecord>(session, "user", {
      secretsOf: ({ login }) => login && { login },
      sealer,
      attachmentsOf,
    });
    this.roles = new SqlNamedRepository<IamRoleRecord>(session, "role", { sealer, attachmentsOf });
    this.policies = new SqlNamedRepository<IamPolicyRecord>(session, "policy", { sealer });
    this.oidcProviders = new SqlNamedRepository<IamOidcProviderRecord>(session, "oidc-provider", { sealer });
    this.accessKeys = new SqlAccessKeyRepository(session, sealer);
  }

  async countAttachments(accountId: string, policyArn: string): Promise<PolicyUsage> {
    return usageIn(await this.#session.reader.all(countAttachments, { accountId, policyArn }));
  }

  async countAllAttachments(accountId: string): Promise<ReadonlyMap<string, PolicyUsage>> {
    const rows = await this.#session.reader.all(countAllAttachments, { accountId });
    const byPolicy = Map.groupBy(rows, (row) => row.policy_arn);
    return new Map([...byPolicy].map(([policyArn, ofPolicy]) => [policyArn, usageIn(ofPolicy)]));
  }
}

interface CountedRelation {
  readonly relation: IamAttachmentsTable["relation"];
  readonly entities: number | string;
}

/** @param rows of one policy */
function usageIn(rows: readonly CountedRelation[]): PolicyUsage {
  const count = (relation: CountedRelation["relation"]) =>
    Number(rows.find((row) => row.relation === relation)?.entities ?? 0);
  return { attached: count("attached"), boundaries: count("boundary") };
}

type Attachment = Pick<IamAttachmentsTable, "relation" | "policy_arn">;

function attachmentsOf(identity: IamIdentityRecord): Attachment[] {
  const attached = identity.attachedPolicyArns.map(
    (policy_arn): Attachment => ({ relation: "attached", policy_arn }),
  );
  const boundary = identity.permissionsBoundaryArn;
  return boundary === undefined ? attached : [...attached, { relation: "boundary", policy_arn: boundary }];
}

/** The differences between the kinds of entities. */
interface EntityTraits<T> {
  readonly sealer: Sealer;
  /** The members that are kept sealed. */
  readonly secretsOf?: (record: T) => Partial<T> | undefined;
  readonly attachmentsOf?: (record: T) => Attachment[];
}

class SqlNamedRepository<T extends IamEntityRecord> implements NamedRepository<T> {
  readonly #session: Session;
  readonly #kind: IamEntityKind;
  readonly #traits: EntityTraits<T>;

  constructor(session: Session, kind: IamEntityKind, traits: EntityTraits<T>) {
    this.#session = session;
    this.#kind = kind;
    this.#traits = traits;
  }

  insert(record: T): Promise<void> {
    const row = this.#toRow(record);
    return this.#session.write(async (writer) => {
      await this.#withFreeName(record, () => writer.run(insertEntity, row));
      await this.#writeAttachments(writer, record);
    });
  }

  async get(accountId: string, name: string): Promise<T | undefined> {
    const row = await this.#session.reader.first(selectEntity, this.#keyOf(accountId, name));
    return row && this.#toRecord(row);
  }

  update(accountId: string, name: string, change: (record: T) => T): Promise<T | undefined> {
    return this.#session.write(async (writer) => {
      const key = this.#keyOf(accountId, name);
      const row = await writer.first(selectEntity, key);
      if (!row) return undefined;
      const record = this.#toRecord(row);
      const changed = change(record);
      if (changed === record) return record;

      await writer.run(deleteAttachments, key);
      const changedRow = { ...this.#toRow(changed), former_name_key: key.name_key };
      await this.#withFreeName(changed, () => writer.run(updateEntity, changedRow));
      await this.#writeAttachments(writer, changed);
      return changed;
    });
  }

  async delete(accountId: string, name: string): Promise<boolean> {
    const key = this.#keyOf(accountId, name);
    return (await this.#session.write((writer) => writer.run(deleteEntity, key))) > 0;
  }

  list(accountId: string, pathPrefix: string, page: PageRequest): Promise<Page<T>> {
    const paths = prefixRange(pathPrefix);
    return readPage(["iam", this.#kind, accountId, pathPrefix], page, [""], {
      fetch: ([after], limit) =>
        this.#session.reader.all(selectEntities, {
          account_id: accountId,
          kind: this.#kind,
          after: String(after),
          pathFrom: paths.from,
          pathTo: paths.to,
          limit,
        }),
      keyOf: (row) => [row.name_key],
      recordOf: (row) => this.#toRecord(row),
    });
  }

  async count(accountId: string): Promise<number> {
    const counted = await this.#session.reader.first(countEntities, {
      account_id: accountId,
      kind: this.#kind,
    });
    return Number(counted?.entities ?? 0);
  }

  #keyOf(accountId: string, name: string): EntityKey {
    return { account_id: accountId, kind: this.#kind, name_key: name.toLowerCase() };
  }

  #withFreeName(record: T, write: () => Promise<unknown>): Promise<unknown> {
    return replacingViolation(
      "unique",
      () => new AlreadyExists(`There is a ${this.#kind} with the name ${record.name}.`),
      write,
    );
  }

  async #writeAttachments(writer: Writer, record: T): Promise<void> {
    const key = this.#keyOf(record.accountId, record.name);
    for (const attachment of this.#traits.attachmentsOf?.(record) ?? []) {
      await writer.run(insertAttachment, { ...key, ...attachment });
    }
  }

  #toRow(record: T): IamEntitiesTable {
    const key = this.#keyOf(record.accountId, record.name);
    const secrets = this.#traits.secretsOf?.(record);
    const open: Partial<T> = { ...record };
    for (const name of Object.keys(secrets ?? {})) delete open[name as keyof T];
    return {
      ...key,
      path: record.path,
      record: toJson(open),
      sealed_secrets: secrets ? sealJson(this.#traits.sealer, secrets, entityContext(key)) : null,
    };
  }

  #toRecord(row: IamEntitiesTable): T {
    const record = fromJson<T>(row.record);
    if (!row.sealed_secrets) return record;
    return {
      ...record,
      ...openJson<Partial<T>>(this.#traits.sealer, row.sealed_secrets, entityContext(row)),
    };
  }
}

type EntityKey = Pick<IamEntitiesTable, "account_id" | "kind" | "name_key">;

function entityContext(key: EntityKey): string {
  return sealContext(iamEntitiesTable, "sealed_secrets", key);
}

const insertEntity = prepared<IamEntitiesTable>()((db, p) =>
  db.insertInto("iam_entities").values({
    account_id: p("account_id"),
    kind: p("kind"),
    name_key: p("name_key"),
    path: p("path"),
    record: p("record"),
    sealed_secrets: p("sealed_secrets"),
  }),
);

const selectEntity = prepared<EntityKey>()((db, p) =>
  db
    .selectFrom("iam_entities")
    .selectAll()
    .where("account_id", "=", p("account_id"))
    .where("kind", "=", p("kind"))
    .where("name_key", "=", p("name_key")),
);

const updateEntity = prepared<IamEntitiesTable & { former_name_key: string }>()((db, p) =>
  db
    .updateTable("iam_entities")
    .set({
      name_key: p("name_key"),
      path: p("path"),
      record: p("record"),
      sealed_secrets: p("sealed_secrets"),
    })
    .where("account_id", "=", p("account_id"))
    .where("kind", "=", p("kind"))
    .where("name_key", "=", p("former_name_key")),
);

const deleteEntity = prepared<EntityKey>()((db, p) =>
  db
    .deleteFrom("iam_entities")
    .where("account_id", "=", p("account_id"))
    .where("kind", "=", p("kind"))
    .where("name_key", "=", p("name_key")),
);

const selectEntities = prepared<{
  account_id: string;
  kind: IamEntityKind;
  after: string;
  pathFrom: string;
  pathTo: string;
  limit: number;
}>()((db, p) =>
  db
    .selectFrom("iam_entities")
    .selectAll()
    .where("account_id", "=", p("account_id"))
    .where("kind", "=", p("kind"))
    .where("name_key", ">", p("after"))
    .where("path", ">=", p("pathFrom"))
    .where("path", "<=", p("pathTo"))
    .orderBy("name_key")
    .limit(atMost(p("limit"))),
);

const countEntities = prepared<Omit<EntityKey, "name_key">>()((db, p) =>
  db
    .selectFrom("iam_entities")
    .select((eb) => eb.fn.countAll<number | string>().as("entities"))
    .where("account_id", "=", p("account_id"))
    .where("kind", "=", p("kind")),
);

const insertAttachment = prepared<IamAttachmentsTable>()((db, p) =>
  db
    .insertInto("iam_attachments")
    .values({
      account_id: p("account_id"),
      policy_arn: p("policy_arn"),
      relation: p("relation"),
      kind: p("kind"),
      name_key: p("name_key"),
    })
    .onConflict((conflict) => conflict.doNothing()),
);

const deleteAttachments = prepared<EntityKey>()((db, p) =>
  db
    .deleteFrom("iam_attachments")
    .where("account_id", "=", p("account_id"))
    .where("kind", "=", p("kind"))
    .where("name_key", "=", p("name_key")),
);

const countAttachments = prepared<{ accountId: string; policyArn: string }>()((db, p) =>
  db
    .selectFrom("iam_attachments")
    .select((eb) => ["relation", eb.fn.countAll<number | string>().as("entities")])
    .where("account_id", "=", p("accountId"))
    .where("policy_arn", "=", p("policyArn"))
    .groupBy("relation"),
);

const countAllAttachments = prepared<{ accountId: string }>()((db, p) =>
  db
    .selectFrom("iam_attachments")
    .select((eb) => ["policy_arn", "relation", eb.fn.countAll<number | string>().as("entities")])
    .where("account_id", "=", p("accountId"))
    .groupBy(["policy_arn", "relation"]),
);
