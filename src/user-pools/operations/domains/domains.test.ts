import { beforeEach, describe, expect, it } from "vitest";
import { TEST_TIME, type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";

let context: TestContext;
let api: Caller;
let UserPoolId: string;
beforeEach(async () => {
  context = await testContext();
  api = caller(context);
  UserPoolId = await api.pool();
});

const CustomDomainConfig = {
  CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
};
const create = (Domain = "my-domain", more = {}) =>
  api.call("CreateUserPoolDomain", { UserPoolId, Domain, ...more });
const refusal = async (Domain: string, more = {}) =>
  (await api.refusal("CreateUserPoolDomain", { UserPoolId, Domain, ...more })).join(": ");

describe("CreateUserPoolDomain", () => {
  it("returns the version of the pages and no CloudFront name for a prefix", async () => {
    expect(await create()).toEqual({});
    const other = await api.pool();
    expect(
      await api.call("CreateUserPoolDomain", {
        UserPoolId: other,
        Domain: "second",
        ManagedLoginVersion: 2,
      }),
    ).toEqual({ ManagedLoginVersion: 2 });
  });

  it("returns also a CloudFront name for a custom domain", async () => {
    const { CloudFrontDomain } = await create("auth.example.com", { CustomDomainConfig });
    expect(CloudFrontDomain).toMatch(/^d[0-9a-f]{13}\.cloudfront\.net$/);
  });

  it.each(["My-Domain", "my_domain", "my.domain", "-my", "my-"])("rejects the prefix %s", async (prefix) => {
    expect(await refusal(prefix)).toBe(
      "InvalidParameterException: The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$",
    );
  });

  it.each([
    ["x-aws-y", "aws"],
    ["amazon", "amazon"],
    ["my-cognito", "cognito"],
  ])("refuses the reserved word in %s, but not in a longer word", async (prefix, word) => {
    expect(await refusal(prefix)).toBe(
      `InvalidParameterException: Domain cannot contain reserved word: ${word}`,
    );
    await create(`x-${word}ome-y`);
  });

  it("rejects a custom domain that is a top-level domain, an address or not a host name", async () => {
    for (const name of ["com", "auth..example.com", "auth example.com", "127.0.0.1", "0x7f.1"]) {
      expect(await refusal(name, { CustomDomainConfig })).toMatch(
        /^InvalidParameterException: Custom domain/,
      );
    }
  });

  it("rejects a certificate of another region than us-east-1, as UpdateUserPoolDomain does", async () => {
    const elsewhere = {
      CustomDomainConfig: {
        CertificateArn: CustomDomainConfig.CertificateArn.replace("us-east-1", "us-west-2"),
      },
    };
    const text =
      /^The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain\. \(Service: CloudFront, Status Code: 400, Request ID: .+\)$/;
    expect(await refusal("auth.example.com", elsewhere)).toMatch(new RegExp(text.source.slice(1)));
    await create("auth.example.com", { CustomDomainConfig });
    const update = { UserPoolId, Domain: "auth.example.com", ...elsewhere };
    expect((await api.refusal("UpdateUserPoolDomain", update))[1]).toMatch(text);
  });

  it("rejects a name that is taken, also in another region", async () => {
    await create();
    const elsewhere = caller({ ...context, request: { ...context.request, region: "eu-west-1" } });
    const pool = await elsewhere.pool();
    expect(
      await elsewhere.refusal("CreateUserPoolDomain", { UserPoolId: pool, Domain: "my-domain" }),
    ).toEqual(["InvalidParameterException", "Domain already associated with another user pool."]);
  });

  it("rejects a second domain of one kind, and allows one of each", async () => {
    await create();
    expect(await refusal("second")).toBe(
      "InvalidParameterException: User pool already has a domain configured.",
    );
    await create("auth.example.com", { CustomDomainConfig });
    expect(await refusal("auth2.example.com", { CustomDomainConfig })).toBe(
      "InvalidParameterException: User pool already has a domain configured.",
    );
  });

  it("rejects managed login in a LITE pool, and unknown versions", async () => {
    const lite = await api.pool({ UserPoolTier: "LITE" });
    expect(
      await api.refusal("CreateUserPoolDomain", {
        UserPoolId: lite,
        Domain: "lite",
        ManagedLoginVersion: 2,
      }),
    ).toEqual([
      "FeatureUnavailableInTierException",
      "The following feature is not available for the LITE pricing tier configured: Managed Login Version 2",
    ]);
    expect(await refusal("third", { ManagedLoginVersion: 3 })).toBe(
      "InvalidParameterException: ManagedLoginVersion must be 1 or 2.",
    );
  });

  it("rejects a pool that does not exist", async () => {
    expect(
      await api.refusal("CreateUserPoolDomain", { UserPoolId: "us-east-1_nothing00", Domain: "x" }),
    ).toEqual(["ResourceNotFoundException", "User pool us-east-1_nothing00 does not exist."]);
  });
});

describe("DescribeUserPoolDomain", () => {
  it("returns a prefix domain", async () => {
    await create();
    expect(await api.call("DescribeUserPoolDomain", { Domain: "my-domain" })).toEqual({
      DomainDescription: {
        AWSAccountId: "123456789012",
        CloudFrontDistribution: expect.stringMatching(/\.cloudfront\.net$/),
        CustomDomainConfig: {},
        Domain: "my-domain",
        ManagedLoginVersion: 1,
        S3Bucket: "aws-cognito-prod-iad-assets",
        Status: "ACTIVE",
        UserPoolId,
        Version: new Date(TEST_TIME).toISOString().replace(/\D/g, "").slice(0, 14),
      },
    });
  });

  it("returns an empty description for a domain that does not exist or belongs to another region", async () => {
    await create();
    expect(await api.call("DescribeUserPoolDomain", { Domain: "nothing" })).toEqual({
      DomainDescription: {},
    });
    const elsewhere = caller({ ...context, request: { ...context.request, region: "eu-west-1" } });
    expect(await elsewhere.call("DescribeUserPoolDomain", { Domain: "my-domain" })).toEqual({
      DomainDescription: {},
    });
  });
});

describe("UpdateUserPoolDomain", () => {
  it("sets the version of a prefix domain and the certificate of a custom one, and keeps the other members", async () => {
    await create();
    expect(
      await api.call("UpdateUserPoolDomain", {
        UserPoolId,
        Domain: "my-domain",
        ManagedLoginVersion: 2,
      }),
    ).toEqual({ ManagedLoginVersion: 2 });
    await create("auth.example.com", { CustomDomainConfig, ManagedLoginVersion: 2 });
    const other = { CertificateArn: `${CustomDomainConfig.CertificateArn}9` };
    await api.call("UpdateUserPoolDomain", {
      UserPoolId,
      Domain: "auth.example.com",
      CustomDomainConfig: other,
    });
    const { DomainDescription } = await api.call("DescribeUserPoolDomain", { Domain: "auth.example.com" });
    expect(DomainDescription).toMatchObject({ CustomDomainConfig: other, ManagedLoginVersion: 2 });
  });

  it("rejects a certificate and a routing for a prefix, and a domain of another pool", async () => {
    await create();
    const prefix = { UserPoolId, Domain: "my-domain" };
    expect(await api.refusal("UpdateUserPoolDomain", { ...prefix, CustomDomainConfig })).toEqual([
      "InvalidParameterException",
      "User pool should have a custom domain associated, failed to update the certificate.",
    ]);
    expect(await api.refusal("UpdateUserPoolDomain", { ...prefix, Routing: {} })).toEqual([
      "InvalidParameterException",
      "Routing is for custom domains only.",
    ]);
    const foreign = { UserPoolId: await api.pool(), Domain: "my-domain", ManagedLoginVersion: 2 };
    expect(await api.refusal("UpdateUserPoolDomain", foreign)).toEqual([
      "InvalidParameterException",
      "No such domain or user pool exists.",
    ]);
  });
});

describe("UpdateUserPoolDomain of a custom domain", () => {
  it("needs the certificate again, whatever it changes", async () => {
    await create("auth.example.com", { CustomDomainConfig });
    const domain = { UserPoolId, Domain: "auth.example.com" };
    const refused = ["InvalidParameterException", "Cannot convert custom domain to prefix domain."];
    expect(await api.refusal("UpdateUserPoolDomain", { ...domain, ManagedLoginVersion: 2 })).toEqual(refused);
    expect(await api.refusal("UpdateUserPoolDomain", domain)).toEqual(refused);
    const { DomainDescription } = await api.call("DescribeUserPoolDomain", { Domain: "auth.example.com" });
    expect(DomainDescription).toMatchObject({ CustomDomainConfig, ManagedLoginVersion: 1 });
  });
});

describe("DeleteUserPoolDomain", () => {
  it("makes the name available, and rejects a domain of another pool", async () => {
    await create();
    const domain = { UserPoolId, Domain: "my-domain" };
    const missing = ["InvalidParameterException", "No such domain or user pool exists."];
    const other = await api.pool();
    expect(await api.refusal("DeleteUserPoolDomain", { ...domain, UserPoolId: other })).toEqual(missing);
    expect(await api.call("DeleteUserPoolDomain", domain)).toEqual({});
    expect(await api.refusal("DeleteUserPoolDomain", domain)).toEqual(missing);
    await api.call("CreateUserPoolDomain", { ...domain, UserPoolId: other });
  });
});

describe("a pool with domains", () => {
  it("contains them in its description, and can be deleted only without them", async () => {
    await create();
    await create("auth.example.com", { CustomDomainConfig });
    expect((await api.call("DescribeUserPool", { UserPoolId })).UserPool).toMatchObject({
      Domain: "my-domain",
      CustomDomain: "auth.example.com",
    });
    const refused = [
      "InvalidParameterException",
      "User pool cannot be deleted. It has a domain configured that should be deleted first.",
    ];
    expect(await api.refusal("DeleteUserPool", { UserPoolId })).toEqual(refused);
    for (const Domain of ["my-domain", "auth.example.com"]) {
      await api.call("DeleteUserPoolDomain", { UserPoolId, Domain });
    }
    await api.call("DeleteUserPool", { UserPoolId });
  });
});
