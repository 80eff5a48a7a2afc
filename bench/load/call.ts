import type { Access } from "../subjects/target.ts";
import { Connection } from "./connection.ts";
import { requestWriter } from "./requests.ts";

/** One signed call on a connection of its own: what is set up before anything is measured. */
// biome-ignore lint/suspicious/noExplicitAny: the caller knows what the operation answers
export async function call(access: Access, operation: string, input: object): Promise<any> {
  const connection = await Connection.open(access.port);
  try {
    const { status, body } = await connection.send(requestWriter(access).signed(operation, input));
    if (status !== 200) throw new Error(`${operation} answered ${status}: ${body}`);
    return JSON.parse(body);
  } finally {
    connection.close();
  }
}
