/**
 * How long after a sign-in on the pages an app client lets the user in without asking again.
 *
 * @see API Reference, "ClientSSOSessionConfigType"
 */
import type { ClientSSOSessionConfigType } from "../../api-model/index.ts";
import type { Repositories } from "../../storage/index.ts";
import { maxSessionsPerUser } from "./configuration.ts";

/** The lifetime of the cookie if the pool does not track sessions. */
const DEFAULT_MINUTES = 60;

/** As many configurations as are read at a time. */
const PAGE = 100;

type Documents = Pick<Repositories, "documents">;

/** The stored configuration of SetUserPoolClientSessionConfiguration, also while the pool does not track sessions. */
export async function clientSessionConfiguration(
  { documents }: Documents,
  poolId: string,
  clientId: string,
): Promise<ClientSSOSessionConfigType> {
  const key = { poolId, clientId, kind: "SessionConfiguration", id: "" } as const;
  const document = await documents.get<{ SSOSession: ClientSSOSessionConfigType }>(key);
  return document?.body.SSOSession ?? { MaxValidityMinutes: DEFAULT_MINUTES };
}

/** The minutes that apply to an app client now. */
export async function ssoMinutesOf(
  repositories: Documents,
  poolId: string,
  clientId: string,
): Promise<number> {
  if ((await maxSessionsPerUser(repositories, poolId)) === undefined) return DEFAULT_MINUTES;
  return (await clientSessionConfiguration(repositories, poolId, clientId)).MaxValidityMinutes;
}

/** The longest that any client of the pool allows: so long a session and its cookie live. */
export async function ssoMinutesOfPool(repositories: Documents, poolId: string): Promise<number> {
  if ((await maxSessionsPerUser(repositories, poolId)) === undefined) return DEFAULT_MINUTES;
  let longest = DEFAULT_MINUTES;
  let after: string | undefined;
  do {
    const page = await repositories.documents.list<{ SSOSession?: ClientSSOSessionConfigType }>(
      poolId,
      "SessionConfiguration",
      { limit: PAGE, after },
    );
    // The pool's own configuration is one of them, without this member.
    for (const { body } of page.items) longest = Math.max(longest, body.SSOSession?.MaxValidityMinutes ?? 0);
    after = page.next;
  } while (after !== undefined);
  return longest;
}
