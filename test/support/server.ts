import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AdminCreateUserCommand,
  type AdminCreateUserCommandInput,
  type AdminCreateUserCommandOutput,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import type { MovableClock } from "../../src/clock.ts";
import { defaultSettings, type Settings } from "../../src/config/index.ts";
import { CHEAP_PASSWORD_HASH } from "../../src/iam/testing.ts";
import { type RunningServer, startServer } from "../../src/server/index.ts";
import { runAwsCli } from "./aws-cli-commands.ts";
import { need } from "./machine.ts";
import { nextSigningKey } from "./signing-keys.ts";

export interface TestServer extends RunningServer {
  readonly dataDir: string;
  /** A client of the JavaScript SDK, as the bootstrap administrator. */
  readonly cognito: CognitoIdentityProviderClient;
  /** The environment in which the AWS CLI and every SDK find this server, as the administrator unless `profile` says else. */
  environment(profile?: string): NodeJS.ProcessEnv;
  /** Runs the AWS CLI; `AwsCliError` when it fails. Skips the test if there is none. @returns what it printed, parsed */
  // biome-ignore lint/suspicious/noExplicitAny: what the CLI prints is looked at by the test that asked
  aws(profile: string, ...args: string[]): Promise<any>;
}

/** A server of `dev` on a free port with an empty database, in this process. */
export async function startTestServer(overrides: Partial<Settings> = {}): Promise<TestServer> {
  const dataDir = overrides.dataDir ?? (await mkdtemp(join(tmpdir(), "cognate-test-")));
  const settings: Settings = {
    ...defaultSettings(overrides.mode ?? "dev"),
    port: 0,
    dataDir,
    inMemory: overrides.mode !== "serve" && overrides.databaseUrl === undefined,
    demo: false,
    logLevel: "error",
    ...overrides,
  };
  const removeFolder = async () => {
    if (overrides.dataDir === undefined) await rm(dataDir, { recursive: true });
  };
  const server = await startServer(settings, {
    generateSigningKey: nextSigningKey,
    passwordHashCost: CHEAP_PASSWORD_HASH,
  }).catch(async (error) => {
    await removeFolder();
    throw error;
  });
  const cognito = new CognitoIdentityProviderClient({
    endpoint: server.url,
    region: "us-east-1",
    credentials: server.administrator ?? { accessKeyId: "none", secretAccessKey: "none" },
  });
  const environment = (profile = "cognate"): NodeJS.ProcessEnv => ({
    PATH: process.env.PATH,
    // Temporary credentials are cached below the home folder: each server has its own.
    HOME: dataDir,
    AWS_CONFIG_FILE: join(dataDir, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(dataDir, "credentials"),
    AWS_PROFILE: profile,
    AWS_PAGER: "",
    AWS_EC2_METADATA_DISABLED: "true",
    PYENV_VERSION: process.env.PYENV_VERSION,
    PYENV_ROOT: process.env.PYENV_ROOT,
  });
  return {
    ...server,
    dataDir,
    cognito,
    environment,
    aws(profile, ...args) {
      need("awsCli");
      return runAwsCli(environment(profile), args);
    },
    async stop() {
      cognito.destroy();
      await server.stop();
      await removeFolder();
    },
  };
}

/** The clock of a server of `dev`. */
export function clockOf({ clock }: RunningServer): MovableClock {
  if (clock === undefined) throw new Error("The server's clock cannot be moved.");
  return clock;
}

/** A pool and a client in it that allows every password flow. */
export async function createPoolAndClient(
  cognito: CognitoIdentityProviderClient,
  pool: Partial<CreateUserPoolCommandInput> = {},
  client: Partial<CreateUserPoolClientCommandInput> = {},
): Promise<{ poolId: string; clientId: string; clientSecret: string | undefined }> {
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "test", ...pool }));
  const poolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId: poolId,
      ClientName: "test",
      ExplicitAuthFlows: [
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
      ],
      ...client,
    }),
  );
  return { poolId, clientId: UserPoolClient?.ClientId ?? "", clientSecret: UserPoolClient?.ClientSecret };
}

/** A user with a permanent password, who gets no invitation. */
export async function createConfirmedUser(
  cognito: CognitoIdentityProviderClient,
  { Password, ...user }: AdminCreateUserCommandInput & { readonly Password: string },
): Promise<AdminCreateUserCommandOutput> {
  const { UserPoolId, Username } = user;
  const created = await cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: "SUPPRESS" }));
  await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
  return created;
}
