import { X509Certificate } from "node:crypto";
import {
  AdminCreateUserCommand,
  AdminDisableProviderForUserCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  CreateIdentityProviderCommand,
  CreateManagedLoginBrandingCommand,
  CreateResourceServerCommand,
  CreateTermsCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolDomainCommand,
  CreateUserPoolReplicaCommand,
  DeleteIdentityProviderCommand,
  DeleteManagedLoginBrandingCommand,
  DeleteResourceServerCommand,
  DeleteTermsCommand,
  DeleteUserPoolDomainCommand,
  DescribeIdentityProviderCommand,
  DescribeManagedLoginBrandingByClientCommand,
  DescribeTermsByClientCommand,
  DescribeUserPoolDomainCommand,
  GetIdentityProviderByIdentifierCommand,
  GetProvisionedLimitCommand,
  GetSigningCertificateCommand,
  GetUICustomizationCommand,
  ListTermsCommand,
  ListUserPoolReplicasCommand,
  paginateListIdentityProviders,
  paginateListResourceServers,
  SetUICustomizationCommand,
  UpdateIdentityProviderCommand,
  UpdateManagedLoginBrandingCommand,
  UpdateResourceServerCommand,
  UpdateTermsCommand,
  UpdateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createPoolAndClient, startTestServer, type TestServer } from "../support/server.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

const PROVIDER_DETAILS = { client_id: "id", client_secret: "s", authorize_scopes: "openid" };

describe("operations on a pool's pages and providers, through the JavaScript SDK", () => {
  let server: TestServer;
  let UserPoolId: string;
  let ClientId: string;
  beforeAll(async () => {
    server = await startTestServer();
  });
  beforeEach(async () => {
    ({ poolId: UserPoolId, clientId: ClientId } = await createPoolAndClient(server.cognito));
  });
  afterAll(() => server.stop());

  const createGoogleProvider = () =>
    server.cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId,
        ProviderName: "Google",
        ProviderType: "Google",
        ProviderDetails: PROVIDER_DETAILS,
      }),
    );

  it("create, change, list page by page and delete resource servers", async () => {
    const { cognito } = server;
    const scope = (ScopeName: string) => ({ ScopeName, ScopeDescription: "d" });
    for (const Identifier of ["a", "b", "c"]) {
      await cognito.send(
        new CreateResourceServerCommand({ UserPoolId, Identifier, Name: "API", Scopes: [scope("x")] }),
      );
    }
    await cognito.send(
      new UpdateResourceServerCommand({ UserPoolId, Identifier: "b", Name: "Other", Scopes: [scope("y")] }),
    );
    await cognito.send(new DeleteResourceServerCommand({ UserPoolId, Identifier: "c" }));
    const seen = [];
    for await (const page of paginateListResourceServers({ client: cognito, pageSize: 1 }, { UserPoolId })) {
      seen.push(...(page.ResourceServers ?? []));
    }
    expect(seen).toEqual([
      { UserPoolId, Identifier: "a", Name: "API", Scopes: [scope("x")] },
      { UserPoolId, Identifier: "b", Name: "Other", Scopes: [scope("y")] },
    ]);
  });

  it("create a domain, change it to managed login, describe and delete it", async () => {
    const { cognito } = server;
    const domain = { UserPoolId, Domain: "sdk-pages" };
    await cognito.send(new CreateUserPoolDomainCommand(domain));
    await cognito.send(new UpdateUserPoolDomainCommand({ ...domain, ManagedLoginVersion: 2 }));
    const { DomainDescription } = await cognito.send(
      new DescribeUserPoolDomainCommand({ Domain: "sdk-pages" }),
    );
    expect(DomainDescription).toMatchObject({ UserPoolId, ManagedLoginVersion: 2, Status: "ACTIVE" });
    await cognito.send(new DeleteUserPoolDomainCommand(domain));
    const gone = await cognito.send(new DescribeUserPoolDomainCommand({ Domain: "sdk-pages" }));
    expect(gone.DomainDescription).toEqual({});
  });

  it("create, change, find, list page by page and delete identity providers", async () => {
    const { cognito } = server;
    const oidc = {
      ...PROVIDER_DETAILS,
      attributes_request_method: "GET",
      oidc_issuer: "https://a.example.com",
    };
    const corp = { UserPoolId, ProviderName: "Corp" };
    await cognito.send(
      new CreateIdentityProviderCommand({
        ...corp,
        ProviderType: "OIDC",
        ProviderDetails: oidc,
        IdpIdentifiers: ["a.com"],
      }),
    );
    await createGoogleProvider();
    await cognito.send(new UpdateIdentityProviderCommand({ ...corp, AttributeMapping: { email: "mail" } }));
    const { IdentityProvider } = await cognito.send(
      new GetIdentityProviderByIdentifierCommand({ UserPoolId, IdpIdentifier: "a.com" }),
    );
    const described = await cognito.send(new DescribeIdentityProviderCommand(corp));
    expect(described.IdentityProvider).toEqual(IdentityProvider);
    expect(IdentityProvider?.AttributeMapping).toEqual({ email: "mail", username: "sub" });
    const names = [];
    for await (const page of paginateListIdentityProviders(
      { client: cognito, pageSize: 1 },
      { UserPoolId },
    )) {
      names.push(...(page.Providers ?? []).map(({ ProviderName }) => ProviderName));
    }
    expect(names).toEqual(["Corp", "Google"]);
    await cognito.send(new DeleteIdentityProviderCommand(corp));
    await expect(cognito.send(new DescribeIdentityProviderCommand(corp))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  it("link an identity to a user and unlink it", async () => {
    const { cognito } = server;
    await cognito.send(
      new AdminCreateUserCommand({ UserPoolId, Username: "jane", MessageAction: "SUPPRESS" }),
    );
    await createGoogleProvider();
    const identity = {
      ProviderName: "Google",
      ProviderAttributeName: "Cognito_Subject",
      ProviderAttributeValue: "123",
    };
    const identities = async () =>
      (await cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "jane" }))).UserAttributes?.find(
        ({ Name }) => Name === "identities",
      )?.Value;
    await cognito.send(
      new AdminLinkProviderForUserCommand({
        UserPoolId,
        DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "jane" },
        SourceUser: identity,
      }),
    );
    expect(JSON.parse((await identities()) ?? "[]")).toMatchObject([
      { userId: "123", providerName: "Google" },
    ]);
    await cognito.send(new AdminDisableProviderForUserCommand({ UserPoolId, User: identity }));
    expect(await identities()).toBeUndefined();
  });

  it("set the style of a client's pages, classic and managed login", async () => {
    const { cognito } = server;
    const client = { UserPoolId, ClientId };
    await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "sdk-look" }));
    const CSS = ".logo-customizable { max-width: 60%; }";
    await cognito.send(new SetUICustomizationCommand({ ...client, CSS, ImageFile: PNG }));
    const { UICustomization } = await cognito.send(new GetUICustomizationCommand(client));
    expect(UICustomization).toMatchObject({ CSS, ImageUrl: expect.stringMatching(/image\.jpg$/) });

    const logo = await fetch(UICustomization?.ImageUrl ?? "");
    expect([logo.status, logo.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect(Buffer.from(await logo.arrayBuffer())).toEqual(PNG);
    const older = (UICustomization?.ImageUrl ?? "").replace(
      UICustomization?.CSSVersion ?? "",
      "20200101000000",
    );
    expect((await fetch(older)).status).toBe(404);

    const { ManagedLoginBranding: made } = await cognito.send(
      new CreateManagedLoginBrandingCommand({
        ...client,
        Settings: { categories: { global: { colorSchemeMode: "DARK" } } },
        Assets: [{ Category: "FORM_LOGO", ColorMode: "DARK", Extension: "PNG", Bytes: PNG }],
      }),
    );
    const { ManagedLoginBrandingId } = made ?? {};
    // The largest image that there can be is more than the limit of other requests.
    const large = Buffer.alloc(1_000_000, 1);
    large.set(PNG);
    await cognito.send(
      new UpdateManagedLoginBrandingCommand({
        UserPoolId,
        ManagedLoginBrandingId,
        Assets: [{ Category: "PAGE_BACKGROUND", ColorMode: "DARK", Extension: "PNG", Bytes: large }],
      }),
    );
    const Settings = { components: { form: { borderRadius: 4 } } };
    await cognito.send(
      new UpdateManagedLoginBrandingCommand({ UserPoolId, ManagedLoginBrandingId, Settings }),
    );
    const { ManagedLoginBranding } = await cognito.send(
      new DescribeManagedLoginBrandingByClientCommand(client),
    );
    expect(ManagedLoginBranding).toMatchObject({ Settings, ManagedLoginBrandingId });
    expect(Buffer.from(ManagedLoginBranding?.Assets?.[0]?.Bytes ?? []).equals(large)).toBe(true);
    await cognito.send(new DeleteManagedLoginBrandingCommand({ UserPoolId, ManagedLoginBrandingId }));
  });

  it("create, change, list and delete terms", async () => {
    const { cognito } = server;
    const name = { UserPoolId, ClientId, TermsName: "terms-of-use" };
    const Links = { "cognito:default": "https://example.com/terms" };
    const { Terms } = await cognito.send(
      new CreateTermsCommand({ ...name, TermsSource: "LINK", Enforcement: "NONE", Links }),
    );
    const terms = { UserPoolId, TermsId: Terms?.TermsId };
    const changed = { "cognito:default": "https://example.com/other" };
    await cognito.send(new UpdateTermsCommand({ ...terms, Links: changed }));
    const described = await cognito.send(new DescribeTermsByClientCommand(name));
    expect(described.Terms?.Links).toEqual(changed);
    expect((await cognito.send(new ListTermsCommand({ UserPoolId }))).Terms).toHaveLength(1);
    await cognito.send(new DeleteTermsCommand(terms));
    expect((await cognito.send(new ListTermsCommand({ UserPoolId }))).Terms).toEqual([]);
  });

  it("return a signing certificate, a limit and the Regions of a pool", async () => {
    const { cognito } = server;
    const { Certificate = "" } = await cognito.send(new GetSigningCertificateCommand({ UserPoolId }));
    expect(new X509Certificate(Buffer.from(Certificate, "base64")).subject).toBe(`CN=${UserPoolId}`);
    const LimitDefinition = { LimitClass: "API_CATEGORY", Attributes: { Category: "UserRead" } } as const;
    const { Limit } = await cognito.send(new GetProvisionedLimitCommand({ LimitDefinition }));
    expect(Limit).toEqual({ LimitDefinition, ProvisionedLimitValue: 120, FreeLimitValue: 120 });
    const { UserPoolReplicas } = await cognito.send(new ListUserPoolReplicasCommand({ UserPoolId }));
    expect(UserPoolReplicas).toMatchObject([{ Role: "PRIMARY", RegionName: "us-east-1" }]);
    const replica = new CreateUserPoolReplicaCommand({ UserPoolId, RegionName: "us-west-2" });
    await expect(cognito.send(replica)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  it("accept ALLOW_CLIENT_TOKEN_AUTH, which the SDK's types lack", async () => {
    const { cognito } = server;
    const Scopes = [{ ScopeName: "x", ScopeDescription: "d" }];
    await cognito.send(new CreateResourceServerCommand({ UserPoolId, Identifier: "a", Name: "API", Scopes }));
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId,
        ClientName: "machine",
        GenerateSecret: true,
        ExplicitAuthFlows: ["ALLOW_CLIENT_TOKEN_AUTH" as never],
        AllowedOAuthScopes: ["a/x"],
      }),
    );
    expect(UserPoolClient?.ExplicitAuthFlows).toEqual(["ALLOW_CLIENT_TOKEN_AUTH"]);
  });
});
