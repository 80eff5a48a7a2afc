import { afterAll, beforeAll, expect, it } from "vitest";
import { openScene } from "../user-pools/operations/authentication/testing.ts";
import { testContext } from "../user-pools/testing.ts";
import { poolOfDomain } from "./domains.ts";

const context = await testContext();
const { pool } = await openScene({ context });
beforeAll(async () => {
  const CertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd";
  const custom = { CustomDomainConfig: { CertificateArn } };
  const records = [
    { domain: "shop", settings: {} },
    { domain: "auth.example.com", settings: custom },
    { domain: "intranet", settings: custom },
  ];
  for (const record of records) {
    await context.store.domains.insert({ ...record, poolId: pool.id, createdAt: 0 });
  }
});
afterAll(() => context.store.close());

it.each([
  "shop.localhost",
  "SHOP.localhost:9229",
  "shop.auth.eu-west-1.amazoncognito.com",
  "shop.auth-fips.us-gov-west-1.amazoncognito.com",
  "auth.example.com",
  "Auth.Example.com:443",
  "intranet",
])("finds the pool of the name %s", async (host) =>
  expect(await poolOfDomain(host, context.store)).toBe(pool.id),
);

it.each([
  "shop",
  "intranet.localhost",
  "x.shop.localhost",
  "shop.localhost.example.com",
  "x.shop.auth.eu-west-1.amazoncognito.com",
  "shop.auth.eu-west-1.amazoncognito.com.example.com",
  "shop.auth.amazoncognito.com",
  "x.auth.example.com",
  "auth.example.com.example.org",
  "other.localhost",
])("finds no pool by the name %s", async (host) =>
  expect(await poolOfDomain(host, context.store)).toBeUndefined(),
);
