import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigurationError, loadSettings, settingsHelp } from "./index.ts";

const load = (mode: "dev" | "serve", args: string[] = [], environment: Record<string, string> = {}) =>
  loadSettings(mode, { args, environment });

async function fileWith(content: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "cognate-config-")), "cognate.yaml");
  await writeFile(file, content);
  return file;
}

describe("settings", () => {
  it("have defaults that need nothing to be given", async () => {
    expect(await load("dev")).toMatchObject({
      host: "127.0.0.1",
      port: 9229,
      dataDir: ".cognate",
      demo: true,
    });
  });

  it("come from flags before the environment, and from the environment before the file", async () => {
    const file = await fileWith("port: 1\nregion: eu-west-1\naccountId: '111122223333'\n");
    const settings = await load("dev", ["--config", file, "--port", "3"], {
      COGNATE_PORT: "2",
      COGNATE_REGION: "eu-west-2",
    });
    expect(settings).toMatchObject({ port: 3, region: "eu-west-2", accountId: "111122223333" });
  });

  it("turn the demo off with --no-demo", async () => {
    expect((await load("dev", ["--no-demo"])).demo).toBe(false);
  });

  it.each([
    [["--port", "http"], "--port must be a number"],
    [["--port", "70000"], "--port must be from 0 to 65535"],
    [["--account-id", "12"], "--account-id must be twelve digits"],
    [["--issuer", "nowhere"], "--issuer must be local, aws, or a URL"],
    [["--region", "local"], "--region must be a region's name"],
    [["--prot", "1"], "Unknown option '--prot'; cognate dev --help lists them."],
    [["--host", "0.0.0.0"], "is not a loopback address"],
  ])("that are wrong are refused by name: %j", async (args, message) => {
    await expect(load("dev", args)).rejects.toThrow(message);
    await expect(load("dev", args)).rejects.toBeInstanceOf(ConfigurationError);
  });

  it("in a file that no setting has are refused by name", async () => {
    const file = await fileWith("prot: 1\n");
    await expect(load("dev", ["--config", file])).rejects.toThrow("there is no setting prot");
  });

  it("that are secret are not printed when they are wrong", async () => {
    await expect(load("dev", [], { COGNATE_DATABASE_URL: "mysql://u:hunter2@h" })).rejects.toThrow(
      /^(?!.*hunter2)/,
    );
  });

  it("do not let serve listen beyond loopback in the clear", async () => {
    await expect(load("serve", ["--host", "0.0.0.0"])).rejects.toThrow("passwords would travel in the clear");
    expect(await load("serve", ["--host", "0.0.0.0", "--trust-proxy"])).toMatchObject({ host: "0.0.0.0" });
  });

  it("are all told by --help", () => {
    expect(settingsHelp("dev")).toContain("--fixed-code CODE");
    expect(settingsHelp("serve")).not.toContain("--fixed-code");
  });
});
