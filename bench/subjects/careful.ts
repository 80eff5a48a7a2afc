import { Connection } from "../load/connection.ts";
import { requestWriter } from "../load/requests.ts";
import { person } from "./population.ts";
import type { Target } from "./target.ts";

/**
 * Makes sure that what is measured is the real thing: a server that let a wrong signature or token pass would be fast for
 * the wrong reason.
 *
 * @throws Error it does
 */
export async function assertIsCareful(target: Target): Promise<void> {
  const forger = requestWriter({ ...target, secretAccessKey: `${target.secretAccessKey}x` });
  const requests = {
    "a wrong signature": forger.signed("AdminGetUser", {
      UserPoolId: target.poolId,
      Username: person(0).username,
    }),
    "a wrong password": requestWriter(target).unsigned("InitiateAuth", {
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: target.clientId,
      AuthParameters: { USERNAME: person(0).username, PASSWORD: "Wrong-Horse-Battery-7" },
    }),
  };
  const connection = await Connection.open(target.port);
  try {
    for (const [what, request] of Object.entries(requests)) {
      if ((await connection.send(request)).status === 200) throw new Error(`The server let ${what} pass.`);
    }
  } finally {
    connection.close();
  }
}
