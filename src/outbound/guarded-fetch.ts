import { lookup as lookUp } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import type { AddressRule } from "./addresses.ts";
import { httpModule, refuseUpgrade } from "./http-module.ts";

const DEFAULT_TIMEOUT_MILLISECONDS = 10_000;
const DEFAULT_MAX_BYTES = 1024 * 1024;

/** Of an answer. `location` is reported and not followed. */
const KEPT_HEADERS = ["content-type", "date", "location"];

/** To which a Response may have no body. @see Fetch Standard, "Statuses" */
const NULL_BODY_STATUSES = [204, 205, 304];

export interface GuardedRequest {
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request that got no answer. The message holds no secret of the request. */
export class OutboundFailure extends Error {
  readonly kind: "refused address" | "timed out" | "read timed out" | "too long" | "reset" | "not connected";

  constructor(kind: OutboundFailure["kind"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/**
 * Like `fetch`, for URLs that administrators of pools choose. It connects to allowed addresses alone, gives up after a time,
 * reads a bounded number of bytes and follows no redirect.
 *
 * @throws OutboundFailure
 */
export type GuardedFetch = (url: string, request?: GuardedRequest) => Promise<Response>;

export interface GuardedFetchOptions {
  readonly isAllowed: AddressRule;
  readonly timeoutMilliseconds?: number;
  readonly maxBytes?: number;
}

export function createGuardedFetch({
  isAllowed,
  timeoutMilliseconds = DEFAULT_TIMEOUT_MILLISECONDS,
  maxBytes = DEFAULT_MAX_BYTES,
}: GuardedFetchOptions): GuardedFetch {
  return async (address, { method = "GET", headers = {}, body } = {}) => {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url?.protocol !== "https:" && url?.protocol !== "http:") {
      throw new OutboundFailure("not connected", "The address is not a URL of HTTP.");
    }
    const { request } = httpModule(url.protocol);
    return new Promise((resolve, reject) => {
      const host = url.hostname.replace(/^\[|\]$/g, "");
      // A host that is an address is not looked up.
      if (isIP(host) !== 0 && !isAllowed(host)) throw refused(host, host);
      const signal = AbortSignal.timeout(timeoutMilliseconds);
      let hasBegun = false;
      const fail = (error: unknown) => reject(asFailure(error, signal, hasBegun));
      const sent = request(
        url,
        {
          method,
          headers: {
            ...headers,
            "accept-encoding": "identity",
            ...(body !== undefined && { "content-length": String(Buffer.byteLength(body)) }),
          },
          // A connection of its own, so that its address is the one that was just checked.
          agent: false,
          lookup: checkedLookup(isAllowed),
          signal,
        },
        (answer) => {
          hasBegun = true;
          const chunks: Buffer[] = [];
          let length = 0;
          answer.on("data", (chunk: Buffer) => {
            length += chunk.length;
            if (length > maxBytes) {
              answer.destroy(new OutboundFailure("too long", `The answer is longer than ${maxBytes} bytes.`));
            } else chunks.push(chunk);
          });
          answer.on("error", fail);
          answer.on("end", () => {
            const { statusCode: status = 0 } = answer;
            // Not thrown by Response, since an exception in a listener would end the process.
            if (status < 200 || status > 599) {
              return fail(new OutboundFailure("not connected", `The answer has the status ${status}.`));
            }
            const hasBody = !NULL_BODY_STATUSES.includes(status);
            const kept = KEPT_HEADERS.flatMap((name) => {
              const value = answer.headers[name];
              return value === undefined ? [] : [[name, String(value)] as [string, string]];
            });
            resolve(new Response(hasBody ? Buffer.concat(chunks) : null, { status, headers: kept }));
          });
        },
      );
      sent.on("error", fail);
      refuseUpgrade(sent, fail);
      sent.end(body);
    });
  };
}

/** Checks the answers of DNS where they are used, so that a second answer cannot differ from the checked one. */
function checkedLookup(isAllowed: AddressRule): LookupFunction {
  return (host, options, callback) => {
    // RFC 6761 §6.3: such names are this machine's, also where the resolver does not know it.
    const name = host.endsWith(".localhost") ? "localhost" : host;
    lookUp(name, { ...options, all: true }, (error, found) => {
      const bad = found?.find(({ address }) => !isAllowed(address));
      const failure = error ?? (bad && refused(host, bad.address));
      const [first] = found ?? [];
      if (failure || first === undefined) callback(failure ?? new Error("No address."), "", 0);
      else if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}

function refused(host: string, address: string): OutboundFailure {
  return new OutboundFailure(
    "refused address",
    `${host} is at ${address}, an address that is not public and that the setting providerAddresses does not allow.`,
  );
}

/** @param hasBegun whether the answer has begun */
function asFailure(error: unknown, signal: AbortSignal, hasBegun: boolean): OutboundFailure {
  if (error instanceof OutboundFailure) return error;
  if (signal.aborted && hasBegun)
    return new OutboundFailure("read timed out", "Read timed out", { cause: error });
  if (signal.aborted) return new OutboundFailure("timed out", "The answer took too long.", { cause: error });
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ECONNRESET") return new OutboundFailure("reset", "Connection reset", { cause: error });
  return new OutboundFailure("not connected", code ?? message, { cause: error });
}
