import * as z from "zod";
import type { OperationName } from "../api-model/index.ts";
import { clientFromDescription, poolFromDescription } from "./described.ts";
import { clientIdFor, poolIdFor } from "./ids.ts";
import { unknownMembers } from "./unknown-members.ts";

/** Rejects members that an API operation does not know. */
const knownTo =
  (operation: OperationName) =>
  (value: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void => {
    for (const path of unknownMembers(operation, value)) {
      context.addIssue({ code: "custom", path, message: `${operation} does not know this member` });
    }
  };

/**
 * The shape of a seed file. Members called `settings` take what the API operation of the same purpose takes, under the
 * API's own names, and are checked by the API model.
 */
const settingsOf = (operation: OperationName) =>
  z.record(z.string(), z.unknown()).superRefine(knownTo(operation));

/** Rejects duplicates, because the later element would overwrite the earlier one at each start. */
function distinct<Element>(nameOf: (element: Element) => string, message: string) {
  return (elements: Element[], context: z.RefinementCtx): void => {
    const seen = new Set<string>();
    for (const [index, element] of elements.entries()) {
      const name = nameOf(element);
      if (seen.has(name)) context.addIssue({ code: "custom", path: [index], message });
      seen.add(name);
    }
  };
}
const SAME_NAME = "another one has this name";
const SAME_ID = "another one is made with the same id; give one an id of its own";

const attributes = z
  .record(z.string(), z.union([z.string(), z.boolean(), z.number()]).transform(String))
  .default({});
const policyDocument = z.union([
  z.string(),
  z.record(z.string(), z.unknown()).transform((value) => JSON.stringify(value)),
]);

const user = z
  .strictObject({
    username: z.string().min(1),
    attributes,
    /** A password that the user keeps. */
    password: z.string().optional(),
    /** A password that the user must replace at the first sign-in. */
    temporaryPassword: z.string().optional(),
    groups: z.array(z.string()).default([]),
    enabled: z.boolean().default(true),
    /** The user's `sub`; by default made from the pool's id and the user name. Not always an RFC 9562 UUID: Cognito gives others, too. */
    sub: z.guid().optional(),
  })
  .refine((value) => value.password === undefined || value.temporaryPassword === undefined, {
    message: "password and temporaryPassword exclude each other",
  });

const group = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  precedence: z.number().int().min(0).optional(),
  roleArn: z.string().optional(),
});

const client = z.strictObject({
  name: z.string().min(1),
  /** 1 to 128 letters and digits; by default made from the pool's id and the client's name. */
  id: z.string().optional(),
  /** 24 to 64 characters; without it the client is public. */
  secret: z.string().optional(),
  /** As CreateUserPoolClient takes them. */
  settings: settingsOf("CreateUserPoolClient").default({}),
});

const pool = z.strictObject({
  name: z.string().min(1),
  /** For example `us-east-1_Example01`; by default made from the region and the pool's name. */
  id: z
    .string()
    .regex(/^[\w-]+_[0-9a-zA-Z]+$/, "must be a region, _ and letters or digits")
    .optional(),
  /** Of the pool's id, when that is not given; the server's own by default. */
  region: z.string().optional(),
  /** As CreateUserPool takes them. */
  settings: settingsOf("CreateUserPool").default({}),
  /** As SetUserPoolMfaConfig takes them: CreateUserPool has no setting for authenticator apps, e-mail codes and passkeys. */
  mfa: settingsOf("SetUserPoolMfaConfig").optional(),
  /** As CreateUserPoolDomain takes it. */
  domain: z.looseObject({ Domain: z.string() }).superRefine(knownTo("CreateUserPoolDomain")).optional(),
  /** As CreateResourceServer takes them. */
  resourceServers: z
    .array(z.looseObject({ Identifier: z.string() }).superRefine(knownTo("CreateResourceServer")))
    .superRefine(distinct(({ Identifier }) => Identifier, SAME_NAME))
    .default([]),
  clients: z
    .array(z.preprocess(clientFromDescription, client))
    .superRefine(distinct(({ id, name }) => id ?? clientIdFor("", name), SAME_ID))
    .default([]),
  groups: z
    .array(group)
    .superRefine(distinct(({ name }) => name, SAME_NAME))
    .default([]),
  users: z
    .array(user)
    .superRefine(distinct(({ username }) => username, SAME_NAME))
    .default([]),
});

const policies = {
  /** ARNs of managed policies, or names of AWS's own and of those in this file. */
  policies: z.array(z.string()).default([]),
  inlinePolicies: z.record(z.string(), policyDocument).default({}),
};

const iam = z.strictObject({
  policies: z.array(z.strictObject({ name: z.string().min(1), document: policyDocument })).default([]),
  users: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        accessKeys: z
          .array(z.strictObject({ id: z.string().regex(/^\w{16,128}$/), secret: z.string().min(1) }))
          .default([]),
        /** For signing in to the console. */
        password: z.string().optional(),
        ...policies,
      }),
    )
    .default([]),
  roles: z
    .array(z.strictObject({ name: z.string().min(1), trustPolicy: policyDocument, ...policies }))
    .default([]),
});

export const seedSchema = z.strictObject({
  pools: z
    .array(z.preprocess(poolFromDescription, pool))
    .superRefine(distinct(({ id, region, name }) => id ?? poolIdFor(region ?? "", name), SAME_ID))
    .default([]),
  iam: iam.default({ policies: [], users: [], roles: [] }),
});

export type Seed = z.infer<typeof seedSchema>;
export type PoolSeed = Seed["pools"][number];
