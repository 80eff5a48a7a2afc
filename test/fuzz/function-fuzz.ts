/** A fuzz of everything that invokes a function: each request is right, and the functions behind it are hostile. */
import { openBrowser } from "../oauth/browser.ts";
import type { ApiFuzz } from "./api-fuzz.ts";
import { EVERY_TRIGGER, SENDERS, tokenFunction } from "./hostile-functions.ts";
import { clientCreation } from "./inputs/resources.ts";
import { attributesOf, userCreation } from "./inputs/users.ts";
import { beginning, respondInput, signedIn } from "./sign-in.ts";
import {
  type Client,
  clientOf,
  codeTo,
  PASSWORD,
  type Pool,
  secretHash,
  type User,
  userOf,
  type World,
} from "./world.ts";

const POOLS = [
  { ...EVERY_TRIGGER, ...tokenFunction("V1_0") },
  { ...EVERY_TRIGGER, ...tokenFunction("V3_0") },
  { ...EVERY_TRIGGER, ...SENDERS, CustomMessage: undefined, ...tokenFunction("V2_0") },
];

type Step = (subject: { world: World; pool: Pool; client: Client }) => Promise<unknown>;

const named = (client: Client, username: string) => {
  const SecretHash = secretHash(client, username);
  return { ClientId: client.id, Username: username, ...(SecretHash && { SecretHash }) };
};
const userNamed = (world: World, pool: Pool): User | undefined => userOf(world, pool);

async function signIn({ world, client }: Parameters<Step>[0], user: User, flow: string): Promise<void> {
  let { body } = await world.send("InitiateAuth", {
    ClientId: client.id,
    ClientMetadata: { from: "fuzz" },
    ...beginning(world, user, client, [flow]),
  });
  for (let round = 0; round < 4 && body.ChallengeName !== undefined; round++) {
    const open = world.challenges.pop();
    const input = open && (await respondInput(world, open));
    if (input === undefined) return;
    ({ body } = await world.send("RespondToAuthChallenge", input));
  }
}

const STEPS: readonly Step[] = [
  async ({ world, pool, client }) => {
    const name = `s${world.random.word(6)}`;
    const UserAttributes = attributesOf(`${name}@example.com`).slice(0, 1);
    const { status } = await world.send("SignUp", {
      ...named(client, name),
      Password: PASSWORD,
      UserAttributes,
    });
    const user = pool.users.find(({ username }) => username === name);
    if (status !== 200 || user === undefined) return;
    if (world.random.chance(0.4)) await world.send("ResendConfirmationCode", named(client, name));
    if (!user.isConfirmed)
      await world.send("ConfirmSignUp", {
        ...named(client, name),
        ConfirmationCode: await codeTo(world, user),
      });
    if (world.random.chance(0.5))
      await world.send("AdminConfirmSignUp", { UserPoolId: pool.id, Username: name });
  },
  ({ world, pool }) => {
    const { MessageAction: _, ...creation } = userCreation(pool, `u${world.random.word(6)}`);
    return world.send("AdminCreateUser", { ...creation, DesiredDeliveryMediums: ["EMAIL", "SMS"] });
  },
  async (subject) => {
    const user = userNamed(subject.world, subject.pool);
    if (user) await signIn(subject, user, subject.world.random.pick(["USER_PASSWORD_AUTH", "USER_SRP_AUTH"]));
  },
  async (subject) => {
    const user = userNamed(subject.world, subject.pool);
    if (user) await signIn(subject, user, "CUSTOM_AUTH");
  },
  // Someone who is not in the pool yet: the function may bring the user.
  ({ world, client }) => {
    const USERNAME = `m${world.random.word(6)}`;
    const SECRET_HASH = secretHash(client, USERNAME);
    return world.random.chance(0.7)
      ? world.send("InitiateAuth", {
          ClientId: client.id,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME, PASSWORD, ...(SECRET_HASH && { SECRET_HASH }) },
        })
      : world.send("ForgotPassword", named(client, USERNAME));
  },
  async ({ world, pool, client }) => {
    const user = userNamed(world, pool);
    if (user === undefined) return;
    await world.send("ForgotPassword", named(client, user.username));
    await world.send("ConfirmForgotPassword", {
      ...named(client, user.username),
      ConfirmationCode: await codeTo(world, user),
      Password: PASSWORD,
    });
  },
  async ({ world, pool }) => {
    const user = userNamed(world, pool);
    const tokens = await signedIn(world, user);
    if (tokens === undefined) return;
    const { client, access, refresh } = tokens;
    if (refresh) {
      const secret = client.secrets[0]?.value;
      await world.send("GetTokensFromRefreshToken", {
        RefreshToken: refresh,
        ClientId: client.id,
        ...(secret && { ClientSecret: secret }),
      });
    }
    await world.send("GetUserAttributeVerificationCode", { AccessToken: access, AttributeName: "email" });
    await world.send("UpdateUserAttributes", {
      AccessToken: access,
      UserAttributes: [{ Name: "email", Value: `${world.random.word(6)}@example.com` }],
    });
  },
  async ({ world, pool }) => {
    const machine = clientOf(world, pool, "machine");
    if (machine)
      await world.send("GetClientToken", { ClientId: machine.id, Secret: machine.secrets[0]?.value });
  },
];

/** @returns pools whose functions are hostile, with clients and users, and what does something with one of them */
export async function openFunctionFuzz({ world, must }: ApiFuzz): Promise<{ step(): Promise<string[]> }> {
  for (const [index, LambdaConfig] of POOLS.entries()) {
    await must("CreateUserPool", {
      PoolName: `spare-functions${index}`,
      AutoVerifiedAttributes: ["email"],
      LambdaConfig,
    });
    const pool = world.pools.at(-1) as Pool;
    await must("CreateResourceServer", {
      UserPoolId: pool.id,
      Identifier: "api",
      Name: "API",
      Scopes: [{ ScopeName: "read", ScopeDescription: "r" }],
    });
    pool.resourceServers.add("api");
    for (const kind of ["app", "secret", "machine", "pages"] as const)
      await must("CreateUserPoolClient", clientCreation(pool, kind));
  }
  return {
    async step() {
      const problems: string[] = [];
      const pool = world.random.pickAny(world.pools);
      const client = clientOf(world, pool, "app", "secret", "pages");
      if (pool === undefined || client === undefined) return problems;
      await world.advance(world.random.below(300));
      await world.random.pickAny(STEPS)?.({ world, pool, client });
      problems.push(...Object.keys(Object.prototype).map((name) => `Object.prototype has got ${name}`));
      if (world.random.chance(0.05)) {
        const shown = await openBrowser().visit(`${world.url}/console/api/user-pools/${pool.id}/invocations`);
        if (shown.status >= 500) problems.push(`invocations: status ${shown.status}`);
      }
      return problems;
    },
  };
}
