import { readFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createSecureContext, type SecureContext } from "node:tls";
import type { FastifyInstance } from "fastify";
import { LRUCache } from "lru-cache";
import { systemClock } from "../clock.ts";
import type { Settings } from "../config/index.ts";
import {
  type HostLookup,
  isOwnHost,
  prepareServer,
  STOP_WITHIN_MILLISECONDS,
  TLS_CIPHERS,
} from "../http/index.ts";
import type { LocalAuthority } from "./local-authority.ts";
import type { Ports } from "./ports.ts";

/** Names whose certificates are cached. */
const MAX_NAMES = 200;

/** The names and addresses of this machine, for clients that name no host in their greeting. */
const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "::1"];

export interface TlsListener {
  readonly port: number;
  /** The certificate that clients have to trust; undefined where the operator brought one. */
  readonly authorityFile: string | undefined;
  close(): Promise<void>;
}

/** Opens a second port, with TLS, beside the plain one. */
export async function listenWithTls(
  app: FastifyInstance,
  settings: Settings & { readonly tls: string },
  { files, random }: Pick<Ports, "files" | "random">,
  lookup: HostLookup,
): Promise<TlsListener> {
  const isLocal = settings.tls === "local";
  const options = isLocal
    ? await localOptions({ files, random }, lookup)
    : await readFile(settings.tls).then((pem) => ({ cert: pem, key: pem }));
  const server = createServer({ ...options, ciphers: TLS_CIPHERS }, app.routing);
  prepareServer(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(settings.tlsPort, settings.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    authorityFile: isLocal ? files.tlsAuthority : undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MILLISECONDS).unref();
      }),
  };
}

async function localOptions(ports: Pick<Ports, "files" | "random">, lookup: HostLookup) {
  // Its library is loaded only where the setting asks for it.
  const { openLocalAuthority } = await import("./local-authority.ts");
  return optionsOf(await openLocalAuthority({ ...ports, clock: systemClock }), lookup);
}

/** A certificate for each of this server's names, made on first use: domains can be added while the server runs. */
export async function optionsOf(authority: Pick<LocalAuthority, "certificateFor">, lookup: HostLookup) {
  const contexts = new LRUCache<string, Promise<SecureContext>>({ max: MAX_NAMES });
  const contextFor = (name: string) => {
    const known = contexts.get(name);
    if (known !== undefined) return known;
    const made = authority.certificateFor([name]).then((certificate) => createSecureContext(certificate));
    contexts.set(name, made);
    // The next connection tries again.
    made.catch(() => contexts.delete(name));
    return made;
  };
  return {
    ...(await authority.certificateFor(LOOPBACK_NAMES)),
    SNICallback(name: string, done: (error: Error | null, context?: SecureContext) => void) {
      Promise.resolve(isOwnHost(name, lookup))
        // Without a context the certificate of the loopback names is shown.
        .then((isOwn) => (isOwn ? contextFor(name.toLowerCase()) : undefined))
        .then((context) => done(null, context), done);
    },
  };
}
