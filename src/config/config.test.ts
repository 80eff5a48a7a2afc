import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import {
  ConfigurationError,
  defaultSettings,
  ignoredVariables,
  loadSettings,
  settingsHelp,
  trustsUnknownKeys,
} from "./index.ts";
import { flagName, type SettingName, settings } from "./settings.ts";

const load = (mode: "dev" | "serve", args: string[] = [], environment: Record<string, string> = {}) =>
  loadSettings(mode, { args, environment });

async function fileWith(content: string): Promise<string> {
  const file = join(temporaryFolder(), "cognate.yaml");
  await writeFile(file, content);
  return file;
}

describe("settings", () => {
  it("all have defaults", async () => {
    expect(await load("dev")).toMatchObject({
      host: "127.0.0.1",
      port: 9229,
      dataDir: ".cognate",
      demo: true,
    });
  });

  it("come from flags, then from the environment, then from the file", async () => {
    const file = await fileWith("port: 1\nregion: eu-west-1\naccountId: '111122223333'\n");
    const settings = await load("dev", ["--config", file, "--port", "3"], {
      COGNATE_PORT: "2",
      COGNATE_REGION: "eu-west-2",
    });
    expect(settings).toMatchObject({ port: 3, region: "eu-west-2", accountId: "111122223333" });
  });

  it("accept log destinations by ARN, with paths relative to the file", async () => {
    const file = await fileWith(
      "logDestinations:\n  arn:aws:s3:::events: { folder: logs }\n  '*': log\n  arn:aws:firehose:*: { url: 'http://127.0.0.1:9/' }\n",
    );
    expect((await load("dev", ["--config", file])).logDestinations).toEqual({
      "arn:aws:s3:::events": { folder: join(dirname(file), "logs") },
      "*": "log",
      "arn:aws:firehose:*": { url: "http://127.0.0.1:9/", headers: {} },
    });
    await expect(load("dev", ["--log-destinations", '{"a":{"url":"ftp://secret"}}'])).rejects.toThrow(
      "--log-destinations must be a URL that starts with http:// or https://, and a host.",
    );
  });

  it("are refused in one line, even if the value would take many", async () => {
    await expect(load("dev", ["--port", "-1"])).rejects.toThrow(
      /^Option '--port' argument is ambiguous; cognate dev --help lists them\.$/,
    );
    await expect(load("dev", ["--port", "x".repeat(1000)])).rejects.toThrow(/^.{0,200}$/);
    const file = await fileWith("hosts: { a: b }\n");
    await expect(load("dev", ["--config", file])).rejects.toThrow(
      `${file}: hosts must be a list of texts, or one text with commas between them, got {"a":"b"}.`,
    );
  });

  it("take the address of a mail server only with a login that can be decoded, and do not print it", async () => {
    expect((await load("dev", ["--smtp-url", "smtp://u:100%25@mail"])).smtpUrl).toBe("smtp://u:100%25@mail");
    // The user and the password in one text could be decoded.
    await expect(load("dev", ["--smtp-url", "smtp://u%4:1p@mail"])).rejects.toThrow("percent-encoded");
    await expect(load("dev", ["--smtp-url", "smtp://u:100%@mail"])).rejects.toThrow(
      /^--smtp-url must have its user and password percent-encoded: % is written %25\.$/,
    );
  });

  it("take a bearer token of at least 16 characters for metrics, and do not print it", async () => {
    const given = (token: string) => load("serve", ["--metrics-token", token]);
    expect((await given("0123456789abcdef")).metricsToken).toBe("0123456789abcdef");
    await expect(given("0123456789abcde")).rejects.toThrow(
      /^--metrics-token must have at least 16 characters\.$/,
    );
    await expect(given("0123456789 abcdef")).rejects.toThrow(
      /^--metrics-token must have no other characters/,
    );
  });

  it("say why their file cannot be read", async () => {
    const folder = temporaryFolder();
    await expect(load("dev", ["--config", folder])).rejects.toThrow(
      `The configuration file ${folder} cannot be read: it is a folder.`,
    );
    const nothing = join(folder, "nothing.yaml");
    await expect(load("dev", ["--config", nothing])).rejects.toThrow(
      `The configuration file ${nothing} cannot be read: there is no such file.`,
    );
  });

  it("turn the demo off with --no-demo", async () => {
    expect((await load("dev", ["--no-demo"])).demo).toBe(false);
  });

  it.each([
    [["--port", "http"], "--port must be a whole number from 0 to 65535"],
    [["--port", "70000"], "--port must be a whole number from 0 to 65535"],
    [["--port", ""], "--port must be a whole number from 0 to 65535"],
    [["--port", "80.5"], "--port must be a whole number from 0 to 65535"],
    [["--provider-addresses", "10.0.0.0/8,intranet"], "--provider-addresses must be addresses, or ranges"],
    [["--account-id", "12"], "--account-id must be twelve digits"],
    [["--issuer", "nowhere"], "--issuer must be local, aws, or a URL"],
    [["--region", "local"], "--region must be a region's name"],
    [["--prot", "1"], "Unknown option '--prot'; cognate dev --help lists them."],
    [["--host", "0.0.0.0"], "give the host names that they use with --hosts"],
    [["--processes", "2"], "--processes is a setting of cognate serve alone."],
    [["--trust-proxy"], "--trust-proxy is a setting of cognate serve alone."],
  ])("reject a wrong value and name the setting: %j", async (args, message) => {
    await expect(load("dev", args)).rejects.toThrow(message);
    await expect(load("dev", args)).rejects.toBeInstanceOf(ConfigurationError);
  });

  it.each(["0", "1.5", "-1", "129", "all", ""])("reject %j as a number of processes", async (processes) => {
    await expect(load("serve", [`--processes=${processes}`])).rejects.toThrow(
      "--processes must be auto, or a whole number from 1 to 128",
    );
  });

  it.each(["2", "auto"])("reject %s processes for a SQLite database", async (processes) => {
    await expect(load("serve", ["--processes", processes])).rejects.toThrow(
      `--processes ${processes} needs Postgres, because a SQLite database belongs to one process: give --database-url, or leave --processes out.`,
    );
  });

  it("accept several processes for Postgres", async () => {
    const database = { COGNATE_DATABASE_URL: "postgres://cognate@db/cognate" };
    expect((await load("serve", ["--processes", "auto"], database)).processes).toBe("auto");
    expect((await load("serve", [], { ...database, COGNATE_PROCESSES: "4" })).processes).toBe(4);
    expect((await load("serve", [], database)).processes).toBe(1);
  });

  it("reject an unknown name in a file, and name it", async () => {
    const file = await fileWith("prot: 1\n");
    await expect(load("dev", ["--config", file])).rejects.toThrow("there is no setting prot");
  });

  it.each([
    ["COGNATE_DATABASE_URL", "mysql://u:hunter2@h"],
    ["COGNATE_SMS_GATEWAY_URL", "sms://u:hunter2@h"],
    ["COGNATE_FUNCTIONS", '{"f":{"environment":{"API_KEY":"hunter2"}}}'],
  ])("do not print a wrong secret in %s", async (name, value) => {
    await expect(load("dev", [], { [name]: value })).rejects.toThrow(/^(?!.*hunter2)/);
  });

  it.each([
    ["port: 80", { port: 80 }],
    ["dataDir: data", { dataDir: "FOLDER/data" }],
    ["tls: id.pem", { tls: "FOLDER/id.pem" }],
    ["tls: local", { tls: "local" }],
    ["functions: { f: { file: f.mjs } }", { functions: { f: { file: "FOLDER/f.mjs" } } }],
  ])("of a file have paths relative to its folder: %s", async (content, expected) => {
    const file = await fileWith(content);
    const settings = await load("dev", ["--config", file]);
    const named = JSON.parse(JSON.stringify(settings).replaceAll(dirname(file), "FOLDER"));
    expect(named).toMatchObject(expected);
  });

  it("let dev listen beyond loopback only by given host names, and then without trust in unknown keys", async () => {
    const exposed = ["--host", "0.0.0.0", "--hosts", "build-box,cognate"];
    expect(await load("dev", exposed)).toMatchObject({ host: "0.0.0.0", hosts: ["build-box", "cognate"] });
    expect(trustsUnknownKeys(await load("dev", exposed))).toBe(false);
    expect(trustsUnknownKeys(await load("dev", [...exposed, "--trust-unknown-keys"]))).toBe(true);
    expect(trustsUnknownKeys(await load("dev"))).toBe(true);
    expect(trustsUnknownKeys(await load("dev", ["--no-trust-unknown-keys"]))).toBe(false);
    expect(trustsUnknownKeys(await load("serve"))).toBe(false);
  });

  it("have defaults that differ between dev and serve", () => {
    expect(defaultSettings("dev")).toMatchObject({ port: 9229, demo: true, logLevel: "warn", hosts: [] });
    expect(defaultSettings("serve")).toMatchObject({ port: 9229, demo: false, logLevel: "info" });
    expect(defaultSettings("dev")).not.toHaveProperty("databaseUrl");
    expect(settingsHelp("dev")).toContain("Port to listen on; 0 takes a free one. [9229]");
  });

  it("take the URL of a database with several servers", async () => {
    const servers = "postgres://cognate:a%2Cb@first:5432,second:5433/cognate?sslmode=verify-full";
    expect(await load("serve", ["--database-url", servers])).toMatchObject({ databaseUrl: servers });
    for (const wrong of ["postgres://h:5432,h:x/d", "mysql://h:1,h:2/d"])
      await expect(load("serve", ["--database-url", wrong])).rejects.toThrow("starts with postgres://");
  });

  it("that exclude or require each other are reported by their flags", async () => {
    await expect(load("dev", ["--in-memory", "--database-url", "postgres://h/d"])).rejects.toThrow(
      "--in-memory and --database-url exclude each other.",
    );
    await expect(load("serve", ["--tls-key", "k"])).rejects.toThrow("--tls-certificate and --tls-key");
  });

  it("do not let serve listen beyond loopback without TLS", async () => {
    await expect(load("serve", ["--host", "0.0.0.0"])).rejects.toThrow("passwords would travel in the clear");
    expect(await load("serve", ["--host", "0.0.0.0", "--trust-proxy"])).toMatchObject({ host: "0.0.0.0" });
  });

  it.each(["dev", "serve"] as const)("of %s, and no others, are listed by --help", (mode) => {
    const listed = [...settingsHelp(mode).matchAll(/^ {2}--([\w-]+)/gm)].map(([, flag]) => flag);
    const ofMode = (Object.keys(settings) as SettingName[])
      .filter((name) => (settings[name].modes as readonly string[]).includes(mode))
      .map(flagName);
    expect(listed).toEqual([...ofMode, "config", "help"]);
  });
});

describe("a value", () => {
  const key = Buffer.alloc(32).toString("base64");
  it.each([
    ["TRUST_PROXY", "yes", "must be true or false"],
    ["AUTHORIZATION_RESPONSE_ISS", "x", "must be true or false"],
    ["PUBLIC_URL", "https://id.example.com?x=1", "without user, query and fragment"],
    ["PUBLIC_URL", "https://id.example.com#", "without user, query and fragment"],
    ["PUBLIC_URL", "https://user:word@id.example.com", "without user, query and fragment"],
    ["PUBLIC_URL", "https://id.example.com/cognito", "must be a URL without a path"],
    ["ISSUER", "https://id.example.com?x=1", "no user, query and fragment"],
    ["SMTP_URL", "smtp://", "and a host"],
    ["SMTP_URL", "smtp:mail.example.com", "and a host"],
    ["HOSTS", "https://id.example.com", "must be host names"],
    ["HOSTS", "id.example.com,two names", "must be host names"],
    ["MAIL_FROM", "Example", "must be an address"],
    ["MASTER_KEY", "abc", "must be 32 bytes in base64"],
    ["MASTER_KEY", `${key},`, "must be 32 bytes in base64"],
    ["LAMBDA_DIR", "/nonexistent", "is not there"],
    ["BREACHED_PASSWORDS", "/nonexistent", "is not there"],
  ])("is refused if it is wrong: COGNATE_%s=%s", async (name, value, text) => {
    const attempt = load("serve", [], { [`COGNATE_${name}`]: value });
    await expect(attempt).rejects.toThrow(ConfigurationError);
    await expect(attempt).rejects.toThrow(text);
  });

  it.each([
    ["PUBLIC_URL", "https://id.example.com/", "https://id.example.com"],
    ["ISSUER", "https://id.example.com/auth/", "https://id.example.com/auth"],
    ["HOSTS", "id.example.com, [::1]", ["id.example.com", "[::1]"]],
    ["MAIL_FROM", "Example <no-reply@example.com>", "Example <no-reply@example.com>"],
    ["MASTER_KEY", `${key}, ${key}`, `${key}, ${key}`],
    ["DATABASE_URL", "postgres:///ids?host=/run/postgresql", "postgres:///ids?host=/run/postgresql"],
  ])("is accepted: COGNATE_%s=%s", async (name, value, read) =>
    expect(Object.values(await load("serve", [], { [`COGNATE_${name}`]: value }))).toContainEqual(read),
  );
});

describe("variables of the environment that set nothing", () => {
  it("are named: misspelled ones, empty ones and those of the other command", () =>
    expect(
      ignoredVariables("serve", {
        COGNATE_MASTERKEY: "x",
        COGNATE_DATABASE_URL: "",
        COGNATE_FIXED_CODE: "123456",
        COGNATE_PORT: "80",
        COGNATE_CONFIG: "",
        PATH: "",
      }),
    ).toEqual([
      "COGNATE_MASTERKEY is not a setting",
      "COGNATE_DATABASE_URL is empty, and counts as not given",
      "COGNATE_FIXED_CODE is not a setting of cognate serve",
    ]));

  it("may be those of a Kubernetes service", () =>
    expect(
      ignoredVariables("serve", {
        COGNATE_SERVICE_HOST: "10.0.0.1",
        COGNATE_PORT_9229_TCP_ADDR: "10.0.0.1",
        COGNATE_DB_PORT: "tcp://10.0.0.1:5432",
      }),
    ).toEqual([]));
});
