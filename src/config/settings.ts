/**
 * Every setting of Cognate, in one table: what it means, its default, and where it may be given. The command line,
 * the environment, the configuration file, `--help` and docs/configuration.md are all made from it.
 */

import * as z from "zod";
import { parseJson } from "../json.ts";
import {
  addressRanges,
  auditLogDestination,
  baseUrl,
  bearerToken,
  databaseUrl,
  endpointMap,
  functionMap,
  hostNames,
  logDestinationMap,
  masterKeys,
  path,
  port,
  processCount,
  publicUrl,
  regionName,
  sender,
  smtpUrl,
  text,
  toggle,
  url,
  withoutFinalSlash,
} from "./values.ts";

export type Mode = "dev" | "serve";

export interface Setting {
  /**
   * Checks and converts what was given, which is text when it came from a flag or the environment. It is made when the setting is
   * given: a start would take 10 ms for all of them.
   */
  readonly schema: () => z.ZodType;
  /** A setting without a default may be absent. */
  readonly default?: unknown;
  /** What `--help` shows in place of the value; undefined for a switch. */
  readonly placeholder?: string;
  readonly description: string;
  /** The default as documented, if it says more than the value. */
  readonly defaultText?: string;
  readonly modes: readonly Mode[];
  /** Whether the value is a secret or can hold one, so that it is never printed. */
  readonly secret?: boolean;
}

const both: readonly Mode[] = ["dev", "serve"];

export const settings = {
  host: {
    schema: text,
    default: "127.0.0.1",
    placeholder: "ADDRESS",
    description:
      "Address to listen on. Beyond loopback, `dev` needs `--hosts` as well, and rejects unknown access keys unless `--trust-unknown-keys` is given.",
    modes: both,
  },
  port: {
    schema: port,
    default: 9229,
    placeholder: "PORT",
    description: "Port to listen on; 0 takes a free one.",
    modes: both,
  },
  dataDir: {
    schema: path,
    default: ".cognate",
    placeholder: "DIR",
    description:
      "Folder of the database, the master key and the AWS credentials and config files. If another server uses the folder, a server in memory or on Postgres does not change its files; it writes its AWS files into a temporary folder, which it prints.",
    modes: both,
  },
  inMemory: {
    schema: toggle,
    default: false,
    description: "Keep the database in memory; it is lost when the server stops.",
    modes: ["dev"],
  },
  databaseUrl: {
    schema: databaseUrl,
    placeholder: "URL",
    description:
      "Store everything in this Postgres database instead of SQLite. Of several hosts (`postgres://user@first:5432,second:5432/database`) the one that accepts writes is used.",
    modes: both,
    secret: true,
  },
  processes: {
    schema: processCount,
    default: 1,
    placeholder: "NUMBER|auto",
    description:
      "Processes that answer requests on the same port; `auto` runs one for each processor core. More than one need Postgres. Each takes as much memory, and as many connections to Postgres, as a server of one process.",
    modes: ["serve"],
  },
  region: {
    schema: regionName,
    default: "us-east-1",
    placeholder: "REGION",
    description: "The region of unsigned requests, and of the demo pool. A signed request names its own.",
    modes: both,
  },
  accountId: {
    schema: () => z.string().regex(/^\d{12}$/, "must be twelve digits"),
    default: "123456789012",
    placeholder: "ID",
    description: "The AWS account ID in every ARN.",
    modes: both,
  },
  publicUrl: {
    schema: publicUrl,
    placeholder: "URL",
    description:
      "The URL at which clients reach this server, if it is not the address that it listens on: behind a proxy, or in a container. It has no path.",
    modes: both,
  },
  issuer: {
    schema: () =>
      z.union([z.enum(["local", "aws"]), baseUrl()], {
        error:
          "must be local, aws, or a URL that starts with http:// or https:// and has no user, query and fragment",
      }),
    default: "local",
    placeholder: "local|aws|URL",
    description:
      "The `iss` of tokens: with `local` this server's URL and the pool ID, with `aws` the form that AWS uses, with a URL this URL and the pool ID.",
    modes: both,
  },
  authorizationResponseIss: {
    schema: toggle,
    default: false,
    description:
      "Add the issuer to every redirect to a client (`iss`, RFC 9207), and announce it in discovery documents. Cognito does neither.",
    modes: both,
  },
  federatedNonce: {
    schema: toggle,
    default: false,
    description:
      "Put a `nonce` into the ID token of a sign-in at an identity provider if the client sent none. Cognito does, so that strict clients fail there.",
    modes: both,
  },
  signInAfterLink: {
    schema: toggle,
    default: false,
    description:
      "When a PreSignUp function links the identity that is signing in, go on as the linked user. Without it, this sign-in fails with `Already found an entry for username …`, and the next one succeeds.",
    modes: both,
  },
  quotas: {
    schema: () => z.enum(["none", "aws"], { error: "must be none or aws" }),
    default: "none",
    placeholder: "none|aws",
    description:
      "Limits of request rates by category of operations: `none`, or AWS's default quotas (`aws`), to test how an application retries.",
    modes: both,
  },
  hosts: {
    schema: hostNames,
    default: [],
    placeholder: "NAME,…",
    description: "More host names that this server answers to, separated by commas.",
    defaultText: "none",
    modes: both,
  },
  trustUnknownKeys: {
    schema: toggle,
    description:
      "Accept requests signed with an unknown access key as the administrator's. Requests from web pages of another origin or with a foreign host name are rejected all the same.",
    defaultText: "true on a loopback address, else false",
    modes: ["dev"],
  },
  trustProxy: {
    schema: toggle,
    default: false,
    description:
      "Trust the last entry of X-Forwarded-For, X-Forwarded-Host and X-Forwarded-Proto. Use it only behind a proxy that sets them.",
    modes: ["serve"],
  },
  tlsCertificate: {
    schema: path,
    placeholder: "FILE",
    description: "PEM file with the certificate chain to serve TLS with.",
    modes: ["serve"],
  },
  tlsKey: {
    schema: path,
    placeholder: "FILE",
    description: "PEM file with the certificate's private key.",
    modes: ["serve"],
  },
  tls: {
    schema: text,
    placeholder: "local|FILE",
    description:
      "Open a second port with TLS beside the plain one. `local` makes a certificate authority in the data folder, and certificates for this machine's names and the pools' domains. A PEM file contains the certificate and its key.",
    defaultText: "none",
    modes: both,
  },
  tlsPort: {
    schema: port,
    default: 9443,
    placeholder: "PORT",
    description: "The port that `tls` opens; 0 takes a free one.",
    modes: both,
  },
  masterKey: {
    schema: masterKeys,
    placeholder: "KEY",
    description:
      "The key that encrypts secrets: 32 bytes in base64. To rotate it, give several, separated by commas: the first encrypts, and all decrypt.",
    defaultText: "DIR/master.key, made at the first start",
    modes: both,
    secret: true,
  },
  smtpUrl: {
    schema: smtpUrl,
    placeholder: "URL",
    description: "Mail server that sends e-mail, for example smtp://user:password@mail.example.com:587.",
    defaultText: "none; `dev` keeps messages in its inbox",
    modes: both,
    secret: true,
  },
  mailFrom: {
    schema: sender,
    default: "no-reply@verificationemail.com",
    placeholder: "ADDRESS",
    description: "The sender of e-mail if the pool names none.",
    modes: both,
  },
  smsGatewayUrl: {
    schema: () => url("http:", "https:"),
    placeholder: "URL",
    description: "URL to which text messages are posted as JSON.",
    defaultText: "none; `dev` keeps messages in its inbox",
    modes: both,
    secret: true,
  },
  smsGatewaySecret: {
    schema: text,
    placeholder: "SECRET",
    description: "Key of the signature of what is posted to the SMS gateway.",
    modes: both,
    secret: true,
  },
  lambdaDir: {
    schema: path,
    placeholder: "DIR",
    description:
      "Folder of the functions that Lambda triggers name: `NAME.{mjs,js,cjs,mts,ts}` or `NAME/index.*`, with the export `handler`.",
    defaultText: "none",
    modes: both,
  },
  lambdaEndpoint: {
    schema: () =>
      z.union([z.literal("aws"), url("http:", "https:").transform(withoutFinalSlash)], {
        error: "must be aws, or a URL that starts with http:// or https://",
      }),
    placeholder: "URL|aws",
    description:
      "Where functions without a file are invoked: the URL of a Lambda API such as SAM local's, or `aws` for AWS with its usual credentials.",
    defaultText: "none",
    modes: both,
  },
  metricsToken: {
    schema: bearerToken,
    placeholder: "TOKEN",
    description:
      "Collect metrics, and give them at `/_cognate/metrics` to clients that send this bearer token, of at least 16 characters.",
    defaultText: "none; no metrics",
    modes: both,
    secret: true,
  },
  functions: {
    schema: () =>
      z.union([functionMap(), z.string().transform(parseJson).pipe(functionMap())], {
        error: "must be functions by name or ARN, each with its file",
      }),
    default: {},
    placeholder: "JSON",
    description:
      "Functions by name or ARN, each with `file` and optionally `handler` (the export) and `environment`; best given in the configuration file.",
    defaultText: "none",
    modes: both,
    secret: true,
  },
  providerAddresses: {
    schema: addressRanges,
    default: [],
    placeholder: "CIDR,…",
    description:
      "Private addresses or ranges (`10.1.0.0/16`) at which identity providers are allowed. `dev` allows loopback too.",
    defaultText: "none",
    modes: both,
  },
  providerEndpoints: {
    schema: () =>
      z.union([endpointMap(), z.string().transform(parseJson).pipe(endpointMap())], {
        error: "must be endpoints by type of provider",
      }),
    default: {},
    placeholder: "JSON",
    description:
      "Endpoints in place of those of `Google`, `Facebook`, `LoginWithAmazon` and `SignInWithApple`, by type: `oidc_issuer`, `authorize_url`, `token_url`, `attributes_url`, `jwks_uri`; best given in the configuration file.",
    defaultText: "none",
    modes: both,
  },
  breachedPasswords: {
    schema: path,
    placeholder: "FILE|DIR",
    description:
      "Passwords that attackers know, for pools with threat protection: a file of SHA-1 hashes in the format of Have I Been Pwned, best sorted by hash, or a folder of its range files.",
    defaultText: "none",
    modes: both,
  },
  logDestinations: {
    schema: () =>
      z.union([logDestinationMap(), z.string().transform(parseJson).pipe(logDestinationMap())], {
        error: "must be destinations of logs by ARN: log, or one with file, folder or url",
      }),
    default: {},
    placeholder: "JSON",
    description:
      "Destinations of the logs that pools deliver to an ARN, by the ARN or its beginning and `*`: `log` (the server's own log), `{ file }`, `{ folder }` (a file for each pool and day), or `{ url, headers }`; best given in the configuration file.",
    defaultText: "none",
    modes: both,
    secret: true,
  },
  auditLog: {
    schema: auditLogDestination,
    placeholder: "FILE|log|JSON",
    description:
      "Destination of the [audit log](audit-log.md), a record of each call, request to an endpoint and sign-in to the console: a file, or a destination as in `logDestinations`.",
    defaultText: "none",
    modes: both,
    secret: true,
  },
  auditLogReads: {
    schema: toggle,
    default: true,
    description:
      "Whether the audit log has requests that change nothing, such as ListUsers (`--no-audit-log-reads` leaves them out).",
    modes: both,
  },
  seed: {
    schema: path,
    placeholder: "FILE",
    description:
      "YAML or JSON file of pools, clients, groups, users and IAM principals. It is applied at every start.",
    modes: both,
  },
  demo: {
    schema: toggle,
    default: true,
    description: "Create a demo pool and app client at the first start (`--no-demo` turns it off).",
    modes: ["dev"],
  },
  fixedCode: {
    schema: () => z.string().regex(/^\d{6}$/, "must be six digits"),
    placeholder: "CODE",
    description: "The value of every confirmation code, six digits, so that a test knows it.",
    modes: ["dev"],
  },
  logLevel: {
    schema: () =>
      z.enum(["debug", "info", "warn", "error", "silent"], "must be debug, info, warn, error or silent"),
    default: "warn",
    placeholder: "LEVEL",
    description: "The least severe entries to log: debug, info, warn, error or silent.",
    defaultText: "warn in `dev`, info in `serve`",
    modes: both,
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

type Value<Name extends SettingName> = z.output<ReturnType<(typeof settings)[Name]["schema"]>>;

type WithDefault = {
  [Name in SettingName]: (typeof settings)[Name] extends { readonly default: unknown } ? Name : never;
}[SettingName];

/** The settings of one run. Those without a default may be absent. */
export type Settings = Readonly<
  { mode: Mode } & { [Name in WithDefault]: Value<Name> } & {
    [Name in Exclude<SettingName, WithDefault>]?: Value<Name>;
  }
>;

/** A destination of log records. See `src/log-sinks`. */
export type LogTarget = Settings["logDestinations"][string];

export function defaultSettings(mode: Mode): Settings {
  const defaults = Object.entries(settings).flatMap(([name, setting]) =>
    "default" in setting ? [[name, setting.default] as const] : [],
  );
  const ofServe = mode === "serve" ? ({ demo: false, logLevel: "info" } as const) : {};
  // All settings with a default have it now, and the others may be absent.
  return { mode, ...Object.fromEntries(defaults), ...ofServe } as Settings;
}

/** The default as the documentation and `--help` print it; undefined for a setting that may be absent. */
export function defaultTextOf(name: SettingName): string | undefined {
  const setting = settings[name];
  if ("defaultText" in setting) return setting.defaultText;
  return "default" in setting ? String(setting.default) : undefined;
}

/** `dataDir` on the command line: `data-dir`. */
export function flagName(setting: SettingName): string {
  return setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `dataDir` in the environment: `COGNATE_DATA_DIR`. */
export function environmentName(setting: SettingName): string {
  return `COGNATE_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
