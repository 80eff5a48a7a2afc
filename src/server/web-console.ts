import { resolve } from "node:path";
import { systemClock } from "../clock.ts";
import { trustsUnknownKeys } from "../config/index.ts";
import { consoleSurface, createSignInLimits } from "../console/index.ts";
import type { Surface } from "../http/index.ts";
import { createPeople } from "../iam/index.ts";
import { packageRoot } from "../package-root.ts";
import { createFunctionInspection } from "../user-pools/index.ts";
import { version } from "../version.ts";
import { providerTests } from "./provider-tests.ts";
import type { Server } from "./surfaces.ts";

/** The console: its pages, and the API that they use beside AWS's. */
export function webConsole(server: Server): Surface {
  const { settings, ports, domain, addresses, part } = server;
  const { store, files, events, activity, invocations, logSinks, movableClock, random, log } = ports;
  const isDev = settings.mode === "dev";
  return consoleSurface({
    info: () => ({
      mode: settings.mode,
      version,
      accountId: settings.accountId,
      region: settings.region,
      endpoint: addresses.baseUrl(),
      hasInbox: isDev && settings.smtpUrl === undefined,
      ...(isDev
        ? { awsFiles: { config: resolve(files.config), credentials: resolve(files.credentials) } }
        : {}),
    }),
    principals: {
      ...createPeople(domain.iam),
      ...(trustsUnknownKeys(settings) ? {} : { localAdministrator: undefined }),
    },
    signInLimits:
      part === undefined
        ? createSignInLimits(systemClock)
        : {
            take: (name, address) => part.ask("takeConsoleSignIn", name, address),
            notTried: (name, address) => part.ask("consoleSignInNotTried", name, address),
            succeeded: (name, address) => part.ask("consoleSignInSucceeded", name, address),
          },
    tokens: ports.crypto.tokens,
    store,
    activity,
    ending: server.ending,
    snapshots: server.snapshots,
    logSinks,
    auditLog: server.auditLog,
    signInCounts: domain.signInCounts,
    invocations,
    functions: createFunctionInspection({
      functions: domain.functions,
      events,
      clock: systemClock,
      random,
      store,
      log,
    }),
    testIdentityProvider: providerTests(server),
    clock: systemClock,
    movableClock,
    random,
    log,
    onSignIn: (signIn) => events.publish("consoleSignIn", signIn),
    // Where `npm run build` puts the console's pages.
    staticFolder: resolve(packageRoot, "dist/console"),
  });
}
