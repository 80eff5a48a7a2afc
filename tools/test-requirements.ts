/**
 * Programs of the machine that some tests need because npm cannot bring them: how to find and install each. This file
 * imports nothing of Vitest, since `npm test` reads it before any test runs.
 */
import { spawnSync } from "node:child_process";

export interface Requirement {
  readonly title: string;
  /** A command that succeeds on a machine that has it. */
  readonly check: readonly [string, ...string[]];
  /** The packages of Debian and Ubuntu that bring it. */
  readonly packages: readonly string[];
}

export type RequirementName = "curl" | "xmlsec1" | "python" | "boto3" | "pythonApis" | "rails";

const RUBY = 'require "jwt"; require "rails"; require "action_controller"; require "puma"';

export const requirements: Readonly<Record<RequirementName, Requirement>> = {
  curl: {
    title: "curl",
    check: ["curl", "--version"],
    packages: ["curl"],
  },
  xmlsec1: {
    title: "xmlsec1, whose signatures SAML is tested with",
    check: ["xmlsec1", "--version"],
    packages: ["xmlsec1"],
  },
  python: {
    title: "Python 3 with pseudo-terminals, for the AWS CLI and cognate token",
    check: ["python3", "-c", "import os, pty; os.close(pty.openpty()[0])"],
    packages: ["python3"],
  },
  boto3: {
    title: "boto3",
    check: ["python3", "-c", "import boto3"],
    packages: ["python3", "python3-boto3"],
  },
  pythonApis: {
    title: "Django REST framework, FastAPI and PyJWT in the system's Python, for the guides",
    check: ["/usr/bin/python3", "-c", "import cryptography, fastapi, jwt, rest_framework, uvicorn"],
    packages: [
      "python3",
      "python3-cryptography",
      "python3-djangorestframework",
      "python3-fastapi",
      "python3-jwt",
      "python3-uvicorn",
    ],
  },
  rails: {
    title: "Ruby with Rails, jwt and puma, for examples/rails-api",
    check: ["sh", "-c", `command -v puma && ruby -e '${RUBY}'`],
    packages: ["ruby", "ruby-railties", "ruby-actionpack", "ruby-jwt", "puma"],
  },
};

export function isInstalled({ check: [command, ...args] }: Requirement): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

export function missingRequirements(): Requirement[] {
  return Object.values(requirements).filter((requirement) => !isInstalled(requirement));
}

export function installCommand(missing: readonly Requirement[]): string {
  return `apt-get install -y --no-install-recommends ${packagesOf(missing).join(" ")}`;
}

/**
 * Installs what is missing on a Debian or Ubuntu; elsewhere it does nothing.
 *
 * @param mayUseSudo whether to try sudo when not run as root; it must not ask for a password, which would stop the run
 */
export function installRequirements(mayUseSudo: boolean): void {
  const missing = missingRequirements();
  const isRoot = process.getuid?.() === 0;
  if (missing.length === 0 || !(isRoot || mayUseSudo)) return;
  const prefix = isRoot ? [] : ["sudo", "-n"];
  const run = (...command: string[]) => {
    const [program = "", ...args] = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", ...command];
    return spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
  };
  if (!run("apt-get", "--version")) return;
  console.log(`Installing for the tests: ${packagesOf(missing).join(" ")}`);
  run("apt-get", "update", "-qq");
  run("apt-get", "install", "-y", "-qq", "--no-install-recommends", ...packagesOf(missing));
}

function packagesOf(missing: readonly Requirement[]): string[] {
  return [...new Set(missing.flatMap(({ packages }) => packages))];
}
