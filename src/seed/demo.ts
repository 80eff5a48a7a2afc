import { type Seed, seedSchema } from "./schema.ts";

/** The pool and app client that `cognate dev` makes at its first start, so that the quickstart can begin at once. */
export const demo = {
  poolSuffix: "DemoPool1",
  clientId: "demoappclient0000000000001",
};

/** The demo's seed: sign-in by e-mail address, as a pool made in Amazon's console has it. */
export function demoSeed(region: string): Seed {
  return seedSchema.parse({
    pools: [
      {
        name: "demo",
        id: `${region}_${demo.poolSuffix}`,
        settings: {
          UsernameAttributes: ["email"],
          UsernameConfiguration: { CaseSensitive: false },
        },
        clients: [
          {
            name: "demo",
            id: demo.clientId,
            settings: {
              ExplicitAuthFlows: [
                "ALLOW_ADMIN_USER_PASSWORD_AUTH",
                "ALLOW_USER_PASSWORD_AUTH",
                "ALLOW_USER_SRP_AUTH",
                "ALLOW_REFRESH_TOKEN_AUTH",
              ],
              PreventUserExistenceErrors: "ENABLED",
            },
          },
        ],
      },
    ],
  });
}
