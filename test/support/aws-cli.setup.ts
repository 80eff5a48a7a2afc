/**
 * Sees to it that there is an AWS CLI for the tests: the machine's own or, where it has none that reads endpoints from its
 * config file, the one that an npm package brings (it needs Python 3). Unmodified in either case.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join, resolve } from "node:path";

/** The first versions that know `services` sections and `AWS_ENDPOINT_URL`. */
const FIRST_FIT: Readonly<Record<string, number>> = { "1": 29, "2": 13 };

function isFit(): boolean {
  try {
    const said = execFileSync("aws", ["--version"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [, major = "", minor = ""] = /^aws-cli\/(\d+)\.(\d+)\./.exec(said) ?? [];
    return Number(minor) >= (FIRST_FIT[major] ?? Number.POSITIVE_INFINITY);
  } catch {
    return false;
  }
}

export default function setup(): void {
  if (isFit()) return;
  const folder = resolve("node_modules/.cache/aws-cli");
  const launcher = join(folder, "bin", "aws");
  if (!existsSync(launcher)) {
    const packaged = createRequire(import.meta.url).resolve("@aws-cdk/asset-awscli-v1/package.json");
    mkdirSync(join(folder, "bin"), { recursive: true });
    execFileSync("python3", ["-m", "zipfile", "-e", join(dirname(packaged), "lib", "layer.zip"), folder]);
    writeFileSync(launcher, `#!/bin/sh\nexec python3 '${join(folder, "awscli", "aws")}' "$@"\n`);
    chmodSync(launcher, 0o755);
  }
  process.env.PATH = [join(folder, "bin"), process.env.PATH].join(delimiter);
}
