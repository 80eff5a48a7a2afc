/**
 * Every setting of Cognate, in one table: what it means, its default, and where it may be given. The command line,
 * the environment, the configuration file, `--help` and docs/configuration.md are all made from it.
 */
import * as z from "zod";

export type Mode = "dev" | "serve";

export interface Setting {
  /** Checks and converts what was given, always text when it came from a flag or the environment. */
  readonly schema: z.ZodType;
  /** What `--help` shows in place of the value; undefined for a switch. */
  readonly placeholder?: string;
  readonly description: string;
  /** As printed in the documentation; undefined when there is none. */
  readonly defaultText?: string;
  readonly modes: readonly Mode[];
  /** Whether the value is a secret, which is never printed. */
  readonly secret?: boolean;
}

const both: readonly Mode[] = ["dev", "serve"];
const text = z.string().min(1, "must not be empty");
const port = z.coerce
  .number("must be a number")
  .int("must be a whole number")
  .min(0, "must be from 0 to 65535")
  .max(65535, "must be from 0 to 65535");
const toggle = z
  .union([z.boolean(), z.enum(["true", "false", "1", "0"], "must be true or false")])
  .transform((value) => value === true || value === "true" || value === "1");
const url = (...schemes: string[]) =>
  z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol), {
    message: `must be a URL that starts with ${schemes.map((scheme) => `${scheme}//`).join(" or ")}`,
  });
const list = z.union([
  z.array(text),
  z.string().transform((value) =>
    value
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== ""),
  ),
]);

/** Amazon's form of a region's name; verifiers such as aws-jwt-verify demand it at the head of a pool id. */
const regionName = z
  .string()
  .regex(/^(eusc-[a-z]{2}|[a-z]{2})-(gov-)?[a-z]+-\d$/, "must be a region's name, for example us-east-1");

export const settings = {
  host: {
    schema: text,
    placeholder: "ADDRESS",
    description: "Address to listen on. `dev` takes loopback addresses only.",
    defaultText: "127.0.0.1",
    modes: both,
  },
  port: {
    schema: port,
    placeholder: "PORT",
    description: "Port to listen on; 0 takes a free one.",
    defaultText: "9229",
    modes: both,
  },
  dataDir: {
    schema: text,
    placeholder: "DIR",
    description: "Folder of the database, the master key and the AWS credentials and config files.",
    defaultText: ".cognate",
    modes: both,
  },
  inMemory: {
    schema: toggle,
    description: "Keep the database in memory; it is gone when the server stops.",
    defaultText: "false",
    modes: ["dev"],
  },
  databaseUrl: {
    schema: url("postgres:", "postgresql:"),
    placeholder: "URL",
    description: "Keep everything in this Postgres database instead of SQLite.",
    modes: both,
    secret: true,
  },
  region: {
    schema: regionName,
    placeholder: "REGION",
    description: "The region of requests that carry no signature to read it from, and of the demo pool.",
    defaultText: "us-east-1",
    modes: both,
  },
  accountId: {
    schema: z.string().regex(/^\d{12}$/, "must be twelve digits"),
    placeholder: "ID",
    description: "The AWS account id in every ARN.",
    defaultText: "123456789012",
    modes: both,
  },
  publicUrl: {
    schema: url("http:", "https:").transform((value) => value.replace(/\/+$/, "")),
    placeholder: "URL",
    description:
      "Where clients reach this server, when that is not the address it listens on: behind a proxy, or in a container.",
    modes: both,
  },
  issuer: {
    schema: z.union(
      [z.enum(["local", "aws"]), url("http:", "https:").transform((value) => value.replace(/\/+$/, ""))],
      {
        error: "must be local, aws, or a URL that starts with http:// or https://",
      },
    ),
    placeholder: "local|aws|URL",
    description:
      "The `iss` of tokens: `local` is this server's URL and the pool id, `aws` the form that AWS uses, a URL is put before the pool id.",
    defaultText: "local",
    modes: both,
  },
  hosts: {
    schema: list,
    placeholder: "NAME,…",
    description: "More host names that this server answers to, separated by commas.",
    modes: both,
  },
  trustProxy: {
    schema: toggle,
    description:
      "Believe the last entry of X-Forwarded-For, X-Forwarded-Host and X-Forwarded-Proto: only behind a proxy that sets them.",
    defaultText: "false",
    modes: ["serve"],
  },
  tlsCertificate: {
    schema: text,
    placeholder: "FILE",
    description: "PEM file with the certificate chain to serve TLS with.",
    modes: ["serve"],
  },
  tlsKey: {
    schema: text,
    placeholder: "FILE",
    description: "PEM file with the certificate's private key.",
    modes: ["serve"],
  },
  masterKey: {
    schema: text,
    placeholder: "KEY",
    description:
      "The key that secrets are sealed under: 32 bytes in base64. Several, separated by commas, rotate it: the first seals, all open.",
    defaultText: "DIR/master.key, made at the first start",
    modes: both,
    secret: true,
  },
  smtpUrl: {
    schema: url("smtp:", "smtps:"),
    placeholder: "URL",
    description:
      "Mail server that e-mail goes out by, for example smtp://user:password@mail.example.com:587.",
    defaultText: "none; `dev` keeps messages in its inbox",
    modes: both,
    secret: true,
  },
  mailFrom: {
    schema: text,
    placeholder: "ADDRESS",
    description: "The sender of e-mail where the pool names none.",
    defaultText: "no-reply@verificationemail.com",
    modes: both,
  },
  smsGatewayUrl: {
    schema: url("http:", "https:"),
    placeholder: "URL",
    description: "Where text messages are posted to as JSON.",
    defaultText: "none; `dev` keeps messages in its inbox",
    modes: both,
  },
  smsGatewaySecret: {
    schema: text,
    placeholder: "SECRET",
    description: "Signs what is posted to the SMS gateway.",
    modes: both,
    secret: true,
  },
  seed: {
    schema: text,
    placeholder: "FILE",
    description: "YAML or JSON file of pools, clients, groups, users and IAM principals to have at start.",
    modes: both,
  },
  demo: {
    schema: toggle,
    description: "Make a demo pool and app client at the first start (`--no-demo` turns it off).",
    defaultText: "true",
    modes: ["dev"],
  },
  fixedCode: {
    schema: z.string().regex(/^\d{6}$/, "must be six digits"),
    placeholder: "CODE",
    description: "Every confirmation code has this value, so that a test knows it.",
    modes: ["dev"],
  },
  logLevel: {
    schema: z.enum(
      ["debug", "info", "warn", "error", "silent"],
      "must be debug, info, warn, error or silent",
    ),
    placeholder: "LEVEL",
    description: "The least severe entries to log: debug, info, warn, error or silent.",
    defaultText: "warn in `dev`, info in `serve`",
    modes: both,
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

/** The settings of one run. Those that may be absent have no default. */
export interface Settings {
  readonly mode: Mode;
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly inMemory: boolean;
  readonly databaseUrl?: string;
  readonly region: string;
  readonly accountId: string;
  readonly publicUrl?: string;
  readonly issuer: string;
  readonly hosts: readonly string[];
  readonly trustProxy: boolean;
  readonly tlsCertificate?: string;
  readonly tlsKey?: string;
  readonly masterKey?: string;
  readonly smtpUrl?: string;
  readonly mailFrom: string;
  readonly smsGatewayUrl?: string;
  readonly smsGatewaySecret?: string;
  readonly seed?: string;
  readonly demo: boolean;
  readonly fixedCode?: string;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
}

export function defaultSettings(mode: Mode): Settings {
  return {
    mode,
    host: "127.0.0.1",
    port: 9229,
    dataDir: ".cognate",
    inMemory: false,
    region: "us-east-1",
    accountId: "123456789012",
    issuer: "local",
    hosts: [],
    trustProxy: false,
    mailFrom: "no-reply@verificationemail.com",
    demo: mode === "dev",
    logLevel: mode === "dev" ? "warn" : "info",
  };
}

/** `dataDir` on the command line: `data-dir`. */
export function flagName(setting: SettingName): string {
  return setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `dataDir` in the environment: `COGNATE_DATA_DIR`. */
export function environmentName(setting: SettingName): string {
  return `COGNATE_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
