/**
 * What refers to what in a user pool, written down once more from Cognito's documentation: scopes of resource servers and providers
 * that app clients name, identities that users are linked with, and the domain. API Reference of each operation; Developer Guide,
 * "Scopes, M2M, and resource servers", "Linking federated users".
 */
import { type Model, Refusal } from "./sequences.ts";

export type ResourceServer = "api" | "store";
export type Provider = "Corp" | "Partner";
export type ClientName = "machine" | "web";

interface Client {
  scopes: readonly string[];
  providers: readonly Provider[];
}
interface Link {
  readonly provider: Provider;
  readonly subject: string;
}

export class ReferencesModel implements Model {
  now = 0;
  readonly messages: { code?: string; to: string }[] = [];
  /** The scopes of each resource server. */
  readonly servers = new Map<ResourceServer, readonly string[]>();
  readonly providers = new Set<Provider>();
  readonly clients = new Map<ClientName, Client>();
  hasDomain = false;
  links: Link[] = [];

  // ---- Resource servers ----

  createResourceServer({ server, scopes }: ServerArgs) {
    if (this.servers.has(server)) throw new Refusal("InvalidParameterException");
    return this.#setServer({ server, scopes });
  }
  /** The list of scopes is replaced. */
  updateResourceServer({ server, scopes }: ServerArgs) {
    this.#requireServer(server);
    return this.#setServer({ server, scopes });
  }
  #setServer({ server, scopes }: ServerArgs) {
    this.servers.set(server, scopes);
    return { server, scopes };
  }
  deleteResourceServer({ server }: Pick<ServerArgs, "server">) {
    this.#requireServer(server);
    this.servers.delete(server);
    return {};
  }
  describeResourceServer({ server }: Pick<ServerArgs, "server">) {
    return { server, scopes: this.#requireServer(server) };
  }
  #requireServer(server: ResourceServer): readonly string[] {
    const scopes = this.servers.get(server);
    if (scopes === undefined) throw new Refusal("ResourceNotFoundException");
    return scopes;
  }
  /** Whether a resource server has the scope now. */
  isActive(scope: string): boolean {
    return [...this.servers].some(([server, scopes]) => scopes.some((name) => scope === `${server}/${name}`));
  }

  // ---- App clients: what they name must be there when they name it ----

  setClient({ client, scopes, providers }: ClientArgs, does: "create" | "update") {
    if (does === "update" && !this.clients.has(client)) throw new Refusal("ResourceNotFoundException");
    // Which of these is first is not documented.
    for (const provider of providers)
      if (!this.providers.has(provider)) throw new Refusal("InvalidParameterException");
    for (const scope of scopes) if (!this.isActive(scope)) throw new Refusal("ScopeDoesNotExistException");
    this.clients.set(client, { scopes, providers });
    return this.describeClient({ client });
  }
  describeClient({ client }: { client: ClientName }) {
    const held = this.#requireClient(client);
    return { scopes: [...held.scopes].sort(), providers: [...held.providers].sort() };
  }
  deleteClient({ client }: { client: ClientName }) {
    this.#requireClient(client);
    this.clients.delete(client);
    return {};
  }
  #requireClient(client: ClientName): Client {
    const held = this.clients.get(client);
    if (held === undefined) throw new Refusal("ResourceNotFoundException");
    return held;
  }
  /**
   * The client credentials grant. A scope that is gone stays on the client and is inactive: asking for it succeeds, and the token
   * lacks it. One that the client never had is refused. Without `scope` the token has all of them.
   */
  token({ scope }: { scope: string | undefined }) {
    const machine = this.clients.get("machine");
    if (machine === undefined) throw new Refusal("invalid_client");
    if (scope !== undefined && !machine.scopes.includes(scope)) throw new Refusal("invalid_scope");
    const asked = scope === undefined ? machine.scopes : [scope];
    return { scopes: asked.filter((name) => this.isActive(name)).sort() };
  }
  /** With `identity_provider` the browser goes to that provider at once, if the client has it and it is there. */
  authorize({ provider }: { provider: Provider }) {
    const providers = this.clients.get("web")?.providers ?? [];
    return providers.includes(provider) && this.providers.has(provider) ? provider : "elsewhere";
  }

  // ---- Identity providers ----

  createIdentityProvider({ provider }: { provider: Provider }) {
    if (this.providers.has(provider)) throw new Refusal("DuplicateProviderException");
    this.providers.add(provider);
    return { provider };
  }
  deleteIdentityProvider({ provider }: { provider: Provider }) {
    this.#requireProvider(provider);
    this.providers.delete(provider);
    return {};
  }
  describeIdentityProvider({ provider }: { provider: Provider }) {
    this.#requireProvider(provider);
    return { provider };
  }
  #requireProvider(provider: Provider): void {
    if (!this.providers.has(provider)) throw new Refusal("ResourceNotFoundException");
  }

  // ---- Links of the one user ----

  link({ provider, subject }: Link) {
    this.#requireProvider(provider);
    if (this.#linked({ provider, subject })) throw new Refusal("InvalidParameterException");
    this.links.push({ provider, subject });
    return {};
  }
  #linked(link: Link): Link | undefined {
    return this.links.find(({ provider, subject }) => provider === link.provider && subject === link.subject);
  }

  // ---- The domain ----

  createDomain() {
    if (this.hasDomain) throw new Refusal("InvalidParameterException");
    this.hasDomain = true;
    return {};
  }
  deleteDomain() {
    if (!this.hasDomain) throw new Refusal("InvalidParameterException");
    this.hasDomain = false;
    return {};
  }

  state() {
    return {
      servers: [...this.servers.keys()].sort(),
      providers: [...this.providers].sort(),
      domain: this.hasDomain,
      links: this.links.map(({ provider, subject }) => `${provider} ${subject}`).sort(),
    };
  }
}

interface ServerArgs {
  readonly server: ResourceServer;
  readonly scopes: readonly string[];
}
interface ClientArgs extends Client {
  readonly client: ClientName;
}
