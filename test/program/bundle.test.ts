/** Users run the bundle that `npm start` and `npm test` build. A bundler treats some imports differently from Node. */
import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { GetSigningCertificateCommand } from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type CognateProcess, program, startCognate } from "../support/cognate-process.ts";
import { need } from "../support/machine.ts";

const seed = `
pools:
  - name: bundled
    id: us-east-1_Bundled01
    clients:
      - { name: web, id: bundledclient, settings: { ExplicitAuthFlows: [ALLOW_ADMIN_USER_PASSWORD_AUTH] } }
    users:
      - { username: jane, password: Permanent-1 }
`;

let dataDir: string;
let server: CognateProcess;
let tlsUrl: string | undefined;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "cognate-bundle-"));
  const file = async (name: string, text: string) => {
    await writeFile(join(dataDir, name), text);
    return join(dataDir, name);
  };
  server = await startCognate(
    "dev",
    [
      ...["--data-dir", dataDir, "--tls", "local", "--tls-port", "0"],
      ...["--seed", await file("seed.yaml", seed), "--config", await file("settings.yaml", "demo: false\n")],
    ],
    { env: { TMPDIR: dataDir }, ready: /(?=.*ready at (http:\S+))(?=.*(https:\/\/localhost:\d+))/s },
  );
  [tlsUrl] = server.others;
});
afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

it("starts the built program with a YAML configuration and seed, and cognate token signs a seeded user in", async () => {
  const where = ["--data-dir", dataDir, "--user-pool-id", "us-east-1_Bundled01"];
  const who = ["--client-id", "bundledclient", "--username", "jane"];
  const printed = await new Promise<string>((done, failed) => {
    const child = execFile(
      process.execPath,
      [program, "token", ...where, ...who],
      { env: { PATH: process.env.PATH, HOME: dataDir } },
      (error, stdout, stderr) => (error === null ? done(stdout) : failed(new Error(stderr))),
    );
    // If the program ended before it asked, its own message is the better error.
    child.stdin?.on("error", () => undefined).end("Permanent-1\n");
  });
  expect(decodeJwt(JSON.parse(printed).AccessToken)).toMatchObject({ username: "jane" });
});

it("stores compiled code beside the bundle, not in the temporary folder that others can write to", async () => {
  expect(await readdir(dataDir)).not.toContain("node-compile-cache");
  expect(existsSync("dist/.compile-cache")).toBe(true);
});

it("serves TLS from the built program with its own authority", async () => {
  need("curl");
  const { stdout } = await promisify(execFile)("curl", [
    "-s",
    ...["--cacert", join(dataDir, "tls-authority.pem")],
    `${tlsUrl}/_cognate/health`,
  ]);
  expect(stdout).toBe('{"status":"ok"}');
});

it("makes a pool's signing certificate in the built program", async () => {
  const { Certificate } = await server.cognito.send(
    new GetSigningCertificateCommand({ UserPoolId: "us-east-1_Bundled01" }),
  );
  expect(new X509Certificate(Buffer.from(Certificate ?? "", "base64")).subject).toBe(
    "CN=us-east-1_Bundled01",
  );
});
