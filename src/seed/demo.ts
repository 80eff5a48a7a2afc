import { demo } from "./demo-ids.ts";
import { type Seed, seedSchema } from "./schema.ts";

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
