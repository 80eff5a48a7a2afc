import { X509Certificate } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { CreateIdentityProviderRequest } from "../../../api-model/index.ts";
import { identityProviderMetadata, testKey } from "../../../federation/saml/fixtures/identity-provider.ts";
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

type Input = Omit<CreateIdentityProviderRequest, "UserPoolId">;

const GOOGLE: Input = {
  ProviderName: "Google",
  ProviderType: "Google",
  ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "openid email" },
};
const OIDC: Input = {
  ProviderName: "Corp",
  ProviderType: "OIDC",
  ProviderDetails: {
    client_id: "id",
    client_secret: "secret",
    authorize_scopes: "openid",
    attributes_request_method: "GET",
    oidc_issuer: "https://login.example.com",
  },
};
/** Of an EC key; it ends in a hundred years, at `CERTIFICATE_END`. */
const CERTIFICATE =
  "MIIBczCCARmgAwIBAgIUfj/QkJA9GErwXx5Pm9vcd9XNKmowCgYIKoZIzj0EAwIwDjEMMAoGA1UEAwwDaWRwMCAXDTI2MTEyOTA2MDIxOFoYDzIxMjYxMTA1MDYwMjE4WjAOMQwwCgYDVQQDDANpZHAwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATRPU/VIkZDUOeHZJpOq80Wzo5PnQYOjEtgFLuhDJB9h0esaBx7xvKbQDH6IGPff2J2gAd1JmsRNUDwu6Bx4Lc0o1MwUTAdBgNVHQ4EFgQUg48o1eYBtZ+g9yL13CIrYv3qn6EwHwYDVR0jBBgwFoAUg48o1eYBtZ+g9yL13CIrYv3qn6EwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA0EKosgtZVWRe5ylGfCOVs2IwAO8dEtK8y5VyMzz1acQCIAKbY9na0ZLZ1KtJPteDV5y7NvNXehJkJ3NxKg1J7ylb";
const CERTIFICATE_END = Date.UTC(2126, 10, 5, 6, 2, 18);
const METADATA = `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${CERTIFICATE}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/slo"/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/post"/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso?a=1&amp;b=2"/></md:IDPSSODescriptor></md:EntityDescriptor>`;
const SAML: Input = {
  ProviderName: "ADFS",
  ProviderType: "SAML",
  ProviderDetails: { MetadataFile: METADATA, IDPSignout: "true" },
};

/** The provider with metadata in which something is replaced. */
const samlWith = (pattern: string | RegExp, replacement: string): Input => ({
  ...SAML,
  ProviderDetails: { MetadataFile: METADATA.replaceAll(pattern, replacement) },
});
const signInAt = (address: string) => samlWith("https://idp.example.com/sso?a=1&amp;b=2", address);

const create = async (input: Input) =>
  (await api.call("CreateIdentityProvider", { UserPoolId, ...input })).IdentityProvider;
const refusal = async (input: Input) =>
  (await api.refusal("CreateIdentityProvider", { UserPoolId, ...input })).join(": ");

describe.each([
  "CreateIdentityProvider",
  "DescribeIdentityProvider",
  "UpdateIdentityProvider",
  "DeleteIdentityProvider",
  "ListIdentityProviders",
  "GetIdentityProviderByIdentifier",
] as const)("%s", (name) => {
  it("rejects a pool that does not exist", async () => {
    const input = { UserPoolId: "us-east-1_nothing00", IdpIdentifier: "example.com", ...GOOGLE };
    expect(await api.refusal(name, input)).toEqual([
      "ResourceNotFoundException",
      "User pool us-east-1_nothing00 does not exist.",
    ]);
  });
});

describe.each(["DescribeIdentityProvider", "UpdateIdentityProvider", "DeleteIdentityProvider"] as const)(
  "%s",
  (name) => {
    it("rejects a provider that does not exist", async () => {
      expect(await api.refusal(name, { UserPoolId, ProviderName: "Google" })).toEqual([
        "ResourceNotFoundException",
        "Identity provider Google does not exist.",
      ]);
    });
  },
);

describe("CreateIdentityProvider", () => {
  it("returns the fixed endpoints of a social provider and the claim of its usernames", async () => {
    expect(await create({ ...GOOGLE, AttributeMapping: { email: "email" } })).toEqual({
      UserPoolId,
      ProviderName: "Google",
      ProviderType: "Google",
      ProviderDetails: {
        ...GOOGLE.ProviderDetails,
        attributes_url: "https://people.googleapis.com/v1/people/me?personFields=",
        attributes_url_add_attributes: "true",
        authorize_url: "https://accounts.google.com/o/oauth2/v2/auth",
        oidc_issuer: "https://accounts.google.com",
        token_request_method: "POST",
        token_url: "https://www.googleapis.com/oauth2/v4/token",
      },
      AttributeMapping: { email: "email", username: "sub" },
      IdpIdentifiers: [],
      CreationDate: TEST_TIME,
      LastModifiedDate: TEST_TIME,
    });
  });

  it("accepts Facebook's version of the API", async () => {
    const provider = await create({
      ProviderName: "Facebook",
      ProviderType: "Facebook",
      ProviderDetails: { ...GOOGLE.ProviderDetails, api_version: "v21.0" },
    });
    expect(provider?.ProviderDetails?.token_url).toBe("https://graph.facebook.com/v21.0/oauth/access_token");
    expect(provider?.AttributeMapping).toEqual({ username: "id" });
  });

  it("does not return Apple's private key", async () => {
    const ProviderDetails = {
      client_id: "id",
      team_id: "team",
      key_id: "key",
      private_key: "secret",
      authorize_scopes: "email name",
    };
    const name = "SignInWithApple" as const;
    const provider = await create({ ProviderName: name, ProviderType: name, ProviderDetails });
    expect(provider?.ProviderDetails).not.toHaveProperty("private_key");
    expect(provider?.ProviderDetails?.token_url).toBe("https://appleid.apple.com/auth/token");
    const stored = await context.store.identityProviders.get(UserPoolId, name);
    expect(stored?.details.private_key).toBe("secret");
  });

  it("reads the redirect URL from a SAML provider's metadata", async () => {
    const provider = await create(SAML);
    expect(provider?.ProviderDetails).toEqual({
      ...SAML.ProviderDetails,
      SSORedirectBindingURI: "https://idp.example.com/sso?a=1&b=2",
      SLORedirectBindingURI: "https://idp.example.com/slo",
    });
    expect(provider).not.toHaveProperty("AttributeMapping");
  });

  it("maps the attributes of a SAML provider as given, without a claim of usernames", async () => {
    const mapped = await create({ ...SAML, AttributeMapping: { email: "mail" } });
    expect(mapped?.AttributeMapping).toEqual({ email: "mail" });
  });

  it("accepts a claim of usernames, POST for user information, and a mapping of levels", async () => {
    const provider = await create({
      ...OIDC,
      ProviderDetails: { ...OIDC.ProviderDetails, attributes_request_method: "POST" },
      AttributeMapping: { username: "email" },
      AcrMapping: { Level1: "bronze", Level4: "gold" },
    });
    expect(provider).toMatchObject({
      ProviderDetails: { attributes_request_method: "POST" },
      AttributeMapping: { username: "email" },
      AcrMapping: { Level1: "bronze", Level4: "gold" },
    });
  });

  it.each<[string, Input]>([
    ["OIDC", OIDC],
    ["Google", GOOGLE],
    ["SAML", SAML],
  ])(
    "leaves out details that %s providers do not have, among them those that it stores itself",
    async (_, input) => {
      const known = (await create(input))?.ProviderDetails;
      await api.call("DeleteIdentityProvider", { UserPoolId, ProviderName: input.ProviderName });
      const foreign = {
        authorization_endpoint: "https://login.example.com/authorize",
        private_key: "secret",
        fetched_metadata: METADATA,
        ActiveEncryptionCertificate: CERTIFICATE,
        encryption_private_key: "secret",
      };
      await create({ ...input, ProviderDetails: { ...input.ProviderDetails, ...foreign } });
      const stored = await context.store.identityProviders.get(UserPoolId, input.ProviderName);
      expect(stored?.details).toEqual(known);
    },
  );

  it("accepts rsa-sha256 for signatures, and switches in capital letters", async () => {
    const details = { ...SAML.ProviderDetails, RequestSigningAlgorithm: "rsa-sha256", IDPInit: "True" };
    expect((await create({ ...SAML, ProviderDetails: details }))?.ProviderDetails).toMatchObject(details);
  });

  it("generates a key for encrypted assertions, returns only its certificate, and keeps both in an update", async () => {
    const ProviderDetails = { ...SAML.ProviderDetails, EncryptedResponses: "true" };
    const made = (await create({ ...SAML, ProviderDetails }))?.ProviderDetails ?? {};
    expect(made.ActiveEncryptionCertificate).toMatch(/^[A-Za-z\d+/]{500,}=*$/);
    expect(made).not.toHaveProperty("encryption_private_key");
    const certificate = new X509Certificate(Buffer.from(made.ActiveEncryptionCertificate ?? "", "base64"));
    expect(Date.parse(certificate.validFrom)).toBe(TEST_TIME);
    expect(Date.parse(certificate.validTo)).toBe(TEST_TIME + 10 * 365 * 24 * 60 * 60 * 1000);
    const { IdentityProvider } = await api.call("UpdateIdentityProvider", {
      UserPoolId,
      ProviderName: "ADFS",
      ProviderDetails: { ...ProviderDetails, IDPInit: "true" },
    });
    expect(IdentityProvider?.ProviderDetails).toEqual({ ...made, IDPInit: "true" });
    const stored = await context.store.identityProviders.get(UserPoolId, "ADFS");
    expect(stored?.details.encryption_private_key).toBeTruthy();
  });

  it("returns a certificate for encrypted assertions while they are switched off, but not where nothing is said", async () => {
    const certificateOf = async (EncryptedResponses?: string) => {
      const details = { ...SAML.ProviderDetails, ...(EncryptedResponses && { EncryptedResponses }) };
      const input = { ...SAML, ProviderName: `Saml${EncryptedResponses}`, ProviderDetails: details };
      return (await create(input))?.ProviderDetails?.ActiveEncryptionCertificate;
    };
    expect(await certificateOf("false")).toMatch(/^[A-Za-z\d+/]{500,}=*$/);
    expect(await certificateOf()).toBeUndefined();
  });

  it("rejects metadata from the moment on at which its last certificate expires", async () => {
    const { certificate: expired } = await testKey(TEST_TIME - 1000, 1000);
    const { certificate: valid } = await testKey(TEST_TIME);
    const saml = (certificates: readonly string[], ProviderName: string): Input => ({
      ...SAML,
      ProviderName,
      ProviderDetails: { MetadataFile: identityProviderMetadata(certificates) },
    });
    const text = "InvalidParameterException: The signing certificate in the metadata has expired.";
    expect(await create(saml([expired, valid], "Both"))).toBeDefined();
    expect(await refusal(saml([expired], "Expired"))).toBe(text);
    context.clock.set(CERTIFICATE_END - 1);
    expect(await create(SAML)).toBeDefined();
    context.clock.set(CERTIFICATE_END);
    expect(await refusal({ ...SAML, ProviderName: "Late" })).toBe(text);
  });

  it.each<[string, Input]>([
    ["ten signing certificates", samlWith(/<md:KeyDescriptor.*KeyDescriptor>/g, "$&".repeat(10))],
    ["a certificate in lines", samlWith(CERTIFICATE, CERTIFICATE.replaceAll(/.{64}/g, "$&\r\n  "))],
    ["a certificate for every use", samlWith(' use="signing"', "")],
    ["a sign-in address over plain HTTP", signInAt("http://idp.example.com:8080/sso")],
  ])("accepts metadata with %s", async (_, input) => {
    expect(await create(input)).toBeDefined();
  });

  it("allows plain HTTP for a provider on this machine", async () => {
    const details = { ...OIDC.ProviderDetails, oidc_issuer: "http://localhost:8080/realms/a" };
    expect((await create({ ...OIDC, ProviderDetails: details }))?.ProviderDetails).toEqual({
      ...details,
      attributes_url_add_attributes: "false",
    });
  });

  it.each<[string, Input, string]>([
    [
      "a social name of another type",
      { ...OIDC, ProviderName: "Google" },
      "Provider Google cannot be of type OIDC.",
    ],
    [
      "a social type under another name",
      { ...GOOGLE, ProviderName: "Mine" },
      "Provider Mine cannot be of type Google.",
    ],
    [
      "the name of the pool's own users",
      { ...OIDC, ProviderName: "Cognito" },
      "Provider Cognito cannot be of type OIDC.",
    ],
    [
      "a mapping of a fifth level",
      { ...OIDC, AcrMapping: { Level1: "bronze", Level5: "top" } },
      "Invalid level in AcrMapping: Level5.",
    ],
    [
      "a mapping of levels of a provider that asserts none",
      { ...SAML, AcrMapping: { Level1: "bronze" } },
      "AcrMapping is only supported for OIDC identity providers.",
    ],
    [
      "Google without a secret",
      { ...GOOGLE, ProviderDetails: { client_id: "id", authorize_scopes: "openid" } },
      "clientId, clientSecret and authorizeScopes are all required idp details.",
    ],
    [
      "OIDC without an issuer",
      { ...OIDC, ProviderDetails: { client_id: "id", authorize_scopes: "openid" } },
      "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.",
    ],
    [
      "Apple without a key",
      {
        ProviderName: "SignInWithApple",
        ProviderType: "SignInWithApple",
        ProviderDetails: { client_id: "id" },
      },
      "clientId, privateKey, teamId, and keyId are all required idp details.",
    ],
    [
      "an issuer over plain HTTP on another host",
      { ...OIDC, ProviderDetails: { ...OIDC.ProviderDetails, oidc_issuer: "http://login.example.com" } },
      "OIDC endpoint must start with https://",
    ],
    [
      "a host whose name only starts with localhost",
      { ...OIDC, ProviderDetails: { ...OIDC.ProviderDetails, oidc_issuer: "http://localhost.example.com" } },
      "OIDC endpoint must start with https://",
    ],
    [
      "an unknown attributes_request_method",
      { ...OIDC, ProviderDetails: { ...OIDC.ProviderDetails, attributes_request_method: "PUT" } },
      "1 validation error detected: Value 'PUT' at 'providerConfiguration.oidcConfig.attributesRequestMethod' failed to satisfy constraint: Member must satisfy enum value set: [POST, GET]",
    ],
    [
      "metadata without a certificate",
      {
        ...SAML,
        ProviderDetails: { MetadataFile: METADATA.replace(/<md:KeyDescriptor.*KeyDescriptor>/, "") },
      },
      "The metadata has no signing certificate.",
    ],
    [
      "metadata with a certificate for encryption alone",
      samlWith('use="signing"', 'use="encryption"'),
      "The metadata has no signing certificate.",
    ],
    [
      "a certificate of 4097 characters",
      samlWith(CERTIFICATE, "M".repeat(4097)),
      "A certificate in the metadata is too long.",
    ],
    [
      "4096 characters that are no certificate",
      samlWith(CERTIFICATE, "M".repeat(4096)),
      "A certificate in the metadata is malformed.",
    ],
    [
      "metadata without an entity id",
      samlWith(/ entityID="[^"]*"/g, ""),
      "The metadata is not that of a SAML identity provider.",
    ],
    [
      "metadata of a service provider",
      samlWith("IDPSSODescriptor", "SPSSODescriptor"),
      "The metadata is not that of a SAML identity provider.",
    ],
    ...(
      [
        ["metadata without sign-in by redirect", samlWith("HTTP-Redirect", "SOAP")],
        ["metadata without any sign-in", samlWith(/<md:SingleSignOnService[^>]*>/g, "")],
        ["metadata without a sign-in address", samlWith(/(Redirect") Location="[^"]*sso[^"]*"/g, "$1")],
        ["a script as sign-in address", signInAt("javascript:alert(1)//https://idp.example.com/")],
        ["a sign-in address with a fragment", signInAt("https://idp.example.com/sso#a")],
        ["a sign-in address with a space", signInAt("https://idp.example.com/s so")],
        ["a sign-in address without a host", signInAt("https://[")],
      ] as const
    ).map(([title, input]): [string, Input, string] => [
      title,
      input,
      "The metadata has no SingleSignOnService with the HTTP-Redirect binding.",
    ]),
    [
      "metadata with eleven signing certificates",
      {
        ...SAML,
        ProviderDetails: {
          MetadataFile: METADATA.replace(/<md:KeyDescriptor.*KeyDescriptor>/, (key) => key.repeat(11)),
        },
      },
      "The metadata has more than 10 signing certificates.",
    ],
    [
      "an IDPInit that is neither true nor false",
      { ...SAML, ProviderDetails: { MetadataFile: METADATA, IDPInit: "yes" } },
      "IDPInit must be true or false.",
    ],
    [
      "an IDPSignout that only ends in true",
      { ...SAML, ProviderDetails: { MetadataFile: METADATA, IDPSignout: "untrue" } },
      "IDPSignout must be true or false.",
    ],
    [
      "an EncryptedResponses that only starts with false",
      { ...SAML, ProviderDetails: { MetadataFile: METADATA, EncryptedResponses: "falsey" } },
      "EncryptedResponses must be true or false.",
    ],
    [
      "another RequestSigningAlgorithm",
      { ...SAML, ProviderDetails: { MetadataFile: METADATA, RequestSigningAlgorithm: "rsa-sha1" } },
      "RequestSigningAlgorithm must be rsa-sha256.",
    ],
    [
      "SAML without metadata",
      { ...SAML, ProviderDetails: {} },
      "At least one of the MetadataURL or MetadataFile should be provided.",
    ],
    [
      "SAML with both MetadataURL and MetadataFile",
      { ...SAML, ProviderDetails: { MetadataFile: METADATA, MetadataURL: "https://idp.example.com" } },
      "Only one of the MetadataURL or MetadataFile should be provided.",
    ],
    [
      "metadata that is no SAML metadata",
      { ...SAML, ProviderDetails: { MetadataFile: "<a/>" } },
      "The metadata is not that of a SAML identity provider.",
    ],
    [
      "metadata with entities of its own",
      {
        ...SAML,
        ProviderDetails: {
          MetadataFile: METADATA.replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>'),
        },
      },
      "The metadata is not that of a SAML identity provider.",
    ],
    [
      "metadata of 300 levels",
      { ...SAML, ProviderDetails: { MetadataFile: "<a>".repeat(300) + "</a>".repeat(300) } },
      "The metadata is not that of a SAML identity provider.",
    ],
    [
      "metadata of a federation with thousands of providers",
      {
        ...SAML,
        ProviderDetails: {
          MetadataFile: `<EntitiesDescriptor>${"<EntityDescriptor/>".repeat(10_000)}</EntitiesDescriptor>`,
        },
      },
      "The metadata has too many elements or attributes. It must be that of one identity provider.",
    ],
    [
      "a mapping to an attribute that the pool lacks",
      { ...OIDC, AttributeMapping: { "custom:x": "x", email: "email" } },
      "AttributeMapping contains invalid mapping: [custom:x]",
    ],
  ])("refuses %s", async (_, input, message) => {
    expect(await refusal(input)).toBe(`InvalidParameterException: ${message}`);
  });

  it("rejects the 301st provider of a pool", async () => {
    const { store, clock } = context;
    for (let index = 0; index < 299; index++) {
      const name = `Provider${index}`;
      const times = { createdAt: clock.now(), lastModifiedAt: clock.now() };
      const provider = {
        poolId: UserPoolId,
        name,
        type: "OIDC",
        details: {},
        settings: {},
        ...times,
      } as const;
      await store.identityProviders.insert({ ...provider, identifiers: [] });
    }
    expect(await create(OIDC)).toBeDefined();
    expect(await refusal(GOOGLE)).toBe(
      "LimitExceededException: A user pool can have at most 300 identity providers.",
    );
  });

  it("rejects a name and an identifier that are taken", async () => {
    await create({ ...OIDC, IdpIdentifiers: ["example.com"] });
    expect(await refusal(OIDC)).toMatch(/^DuplicateProviderException: /);
    expect(await refusal({ ...OIDC, ProviderName: "Other", IdpIdentifiers: ["example.com"] })).toBe(
      "InvalidParameterException: An identifier belongs to another identity provider.",
    );
  });
});

describe("UpdateIdentityProvider", () => {
  it("replaces details, mapping and identifiers, each as a whole, and keeps omitted ones", async () => {
    await create({ ...OIDC, AttributeMapping: { email: "email", name: "name" }, IdpIdentifiers: ["a.com"] });
    context.clock.advance(1000);
    const provider = { UserPoolId, ProviderName: "Corp" };
    await api.call("UpdateIdentityProvider", { ...provider, AttributeMapping: { email: "mail" } });
    const { IdentityProvider: mapped } = await api.call("DescribeIdentityProvider", provider);
    expect(mapped?.IdpIdentifiers).toEqual(["a.com"]);
    await api.call("UpdateIdentityProvider", { ...provider, IdpIdentifiers: ["b.com"] });
    const { IdentityProvider } = await api.call("DescribeIdentityProvider", provider);
    expect(IdentityProvider).toMatchObject({
      ProviderDetails: OIDC.ProviderDetails,
      AttributeMapping: { email: "mail", username: "sub" },
      IdpIdentifiers: ["b.com"],
      CreationDate: TEST_TIME,
      LastModifiedDate: TEST_TIME + 1000,
    });
    expect(await api.outcome("UpdateIdentityProvider", { ...provider, AcrMapping: { Level5: "top" } })).toBe(
      "InvalidParameterException: Invalid level in AcrMapping: Level5.",
    );
    expect(
      await api.refusal("UpdateIdentityProvider", { ...provider, ProviderDetails: { client_id: "id" } }),
    ).toEqual([
      "InvalidParameterException",
      "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.",
    ]);
  });
});

describe("reading providers", () => {
  it("finds one by an identifier, only in the same pool", async () => {
    await create({ ...OIDC, IdpIdentifiers: ["example.com"] });
    const { IdentityProvider } = await api.call("GetIdentityProviderByIdentifier", {
      UserPoolId,
      IdpIdentifier: "example.com",
    });
    expect(IdentityProvider?.ProviderName).toBe("Corp");
    const other = { UserPoolId: await api.pool(), IdpIdentifier: "example.com" };
    expect((await api.refusal("GetIdentityProviderByIdentifier", other))[0]).toBe(
      "ResourceNotFoundException",
    );
  });

  it("lists them by name, page by page", async () => {
    for (const input of [OIDC, GOOGLE, SAML]) await create(input);
    const first = await api.call("ListIdentityProviders", { UserPoolId, MaxResults: 2 });
    expect(first.Providers.map(({ ProviderName }) => ProviderName)).toEqual(["ADFS", "Corp"]);
    const second = await api.call("ListIdentityProviders", { UserPoolId, NextToken: first.NextToken });
    expect(second).toEqual({
      Providers: [
        {
          ProviderName: "Google",
          ProviderType: "Google",
          CreationDate: TEST_TIME,
          LastModifiedDate: TEST_TIME,
        },
      ],
    });
    const otherPool = { UserPoolId: await api.pool(), NextToken: first.NextToken };
    expect((await api.refusal("ListIdentityProviders", otherPool))[0]).toBe("InvalidParameterException");
    const otherList = { UserPoolId, MaxResults: 1, NextToken: first.NextToken };
    expect((await api.refusal("ListUserPoolClients", otherList))[0]).toBe("InvalidParameterException");
  });

  it("finds none after its deletion", async () => {
    await create(GOOGLE);
    const provider = { UserPoolId, ProviderName: "Google" };
    expect(await api.call("DescribeIdentityProvider", provider)).toBeDefined();
    expect(await api.call("DeleteIdentityProvider", provider)).toEqual({});
    expect((await api.refusal("DescribeIdentityProvider", provider))[0]).toBe("ResourceNotFoundException");
    expect(await api.call("ListIdentityProviders", { UserPoolId })).toEqual({ Providers: [] });
  });
});

describe("app clients", () => {
  it("can support the providers of the pool", async () => {
    const client = { UserPoolId, ClientName: "app", SupportedIdentityProviders: ["COGNITO", "Google"] };
    expect(await api.refusal("CreateUserPoolClient", client)).toEqual([
      "InvalidParameterException",
      `The provider Google does not exist for User Pool ${UserPoolId}.`,
    ]);
    await create(GOOGLE);
    const { UserPoolClient } = await api.call("CreateUserPoolClient", client);
    expect(UserPoolClient?.SupportedIdentityProviders).toEqual(["COGNITO", "Google"]);
  });
});
