/**
 * Has messages of SAML providers checked by a thread of its own. Anybody can send one, and what looks for its signature takes up to a
 * fifth of a second for an allowed number of elements, in which the main thread would answer nobody.
 *
 * @see docs/decisions/0401-saml-on-a-thread.md
 */
import { clientNetwork } from "../../ip-networks.ts";
import { createThreadQueue, Overloaded, TookTooLong, threadModule } from "../../thread.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import type { CheckRequest, CheckResult, checks } from "./checks.ts";
import { SamlRefusal } from "./refusal.ts";
import { MAX_CHARACTERS } from "./vocabulary.ts";

/** Some seconds of work if each is as expensive as is allowed, and of ordinary messages a tenth of that. */
const MAX_WAITING = 64;
/** Much longer than the most expensive message takes, also while the thread starts on a busy machine. */
const TIME_LIMIT_MILLISECONDS = 10_000;

const thread = createThreadQueue<CheckRequest, CheckResult>({
  name: "SAML messages",
  program: threadModule("saml-thread", import.meta.url),
  threadCount: 1,
  maxWaiting: MAX_WAITING,
  timeLimitMilliseconds: TIME_LIMIT_MILLISECONDS,
  resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 },
});

type Checks = typeof checks;

/**
 * The result of one of the {@link checks}. Networks of clients take turns, because one can send expensive messages without end, and
 * ordinary messages overtake expensive ones, because many networks can.
 *
 * @throws SamlRefusal also if too many messages wait, or this one takes too long
 */
export async function verified<Name extends keyof Checks>(
  { sourceIp = "" }: Pick<OperationContext["request"], "sourceIp">,
  check: Name,
  ...given: Parameters<Checks[Name]>
): Promise<Awaited<ReturnType<Checks[Name]>>> {
  const result = await thread
    .ask({ check, given }, clientNetwork(sourceIp), costOf(...given))
    .catch((error: unknown) => {
      if (error instanceof Overloaded)
        throw new SamlRefusal("Too many messages are being verified. Try again later.");
      if (error instanceof TookTooLong) throw new SamlRefusal("The message takes too long to verify.");
      throw error;
    });
  if ("refusal" in result) throw new SamlRefusal(result.refusal);
  // What the check of this name returns; a message between threads has no types.
  return result.accepted as Awaited<ReturnType<Checks[Name]>>;
}

/**
 * What takes the time is to look for what is signed among elements and attributes, and to do it again with each certificate of the
 * provider. A message by the redirect binding is no longer than an address, and its signature is not inside of it.
 */
function costOf(...[sent, keys]: Parameters<Checks[keyof Checks]>): number {
  const encoded = typeof sent === "string" ? sent : sent.binding === "POST" ? sent.samlRequest : "";
  // A longer one is refused unread.
  if (encoded.length > MAX_CHARACTERS) return 0;
  const xml = Buffer.from(encoded, "base64");
  // The content of an encrypted message is not known yet. Anybody can encrypt for a pool, because the certificate for it is public.
  const isEncrypted = keys?.decryptionKey !== undefined && xml.includes("EncryptedData");
  let count = isEncrypted ? xml.length / ENCRYPTED_BYTES_OF_A_MARK : 0;
  for (const byte of xml) if (byte === LESS_THAN || byte === EQUALS) count += 1;
  return count * Math.max(1, keys?.certificates.length ?? 1);
}

const LESS_THAN = 0x3c;
const EQUALS = 0x3d;

/** About as many bytes of an ordinary assertion have one of these characters. */
const ENCRYPTED_BYTES_OF_A_MARK = 30;
