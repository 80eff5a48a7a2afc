/**
 * The forms of settings' values. Each is made when its setting is given (`Setting.schema`). What was given is text when it came from
 * a flag or the environment.
 */
import * as z from "zod";
import { urlsOfServers } from "../database-servers.ts";
import { parseAddressRange } from "../ip-networks.ts";
import { parseJson } from "../json.ts";
import { decodeMasterKey, splitMasterKeys } from "../master-key-format.ts";
import { isRegionName } from "../pool-ids.ts";

export const text = () => z.string().min(1, "must not be empty");
/** A file or a folder, which a configuration file names relative to itself. */
export const path = () => text();
/** Text must be digits, since `Number` makes 0 of a blank. */
const wholeNumber = (error: string, least: number, most: number) => {
  const digits = z.string().regex(/^\d+$/).transform(Number);
  return z.union([z.number(), digits], error).pipe(z.int(error).min(least, error).max(most, error));
};
export const port = () => wholeNumber("must be a whole number from 0 to 65535", 0, 65535);
const MAX_PROCESSES = 128;
export const processCount = () => {
  const error = `must be auto, or a whole number from 1 to ${MAX_PROCESSES}`;
  return z.union([z.literal("auto"), wholeNumber(error, 1, MAX_PROCESSES)], error);
};
export const toggle = () =>
  z
    .union([z.boolean(), z.enum(["true", "false", "1", "0"])], "must be true or false")
    .transform((value) => value === true || value === "true" || value === "1");
export const url = (...schemes: string[]) =>
  z.string().refine((value) => hasScheme(value, schemes) && new URL(value).hostname !== "", {
    message: `must be a URL that starts with ${schemes.map((scheme) => `${scheme}//`).join(" or ")}, and a host`,
  });
function hasScheme(value: string, schemes: readonly string[]): boolean {
  return URL.canParse(value) && schemes.includes(new URL(value).protocol);
}
/** Paths are appended to it. */
export const baseUrl = () =>
  url("http:", "https:")
    .refine(isBaseUrl, "must be a URL without user, query and fragment")
    .transform(withoutFinalSlash);
export const publicUrl = () =>
  baseUrl().refine(
    (value) => !URL.canParse(value) || new URL(value).pathname === "/",
    "must be a URL without a path, because clients sign the path and the pages use all of it: give the server a host name of its own",
  );
/** Another check refuses a value that is not a URL. */
function isBaseUrl(value: string): boolean {
  if (!URL.canParse(value)) return true;
  const { username, password, search, hash } = new URL(value);
  return `${username}${password}${search}${hash}` === "" && !/[?#]/.test(value);
}
export const masterKeys = () =>
  z.string().refine((value) => splitMasterKeys(value).every((key) => decodeMasterKey(key) !== undefined), {
    message:
      "must be 32 bytes in base64, which `openssl rand -base64 32` makes, or several of them with commas between",
  });
const MIN_BEARER_TOKEN_CHARACTERS = 16;
/** RFC 6750 §2.1 */
export const bearerToken = () =>
  z
    .string()
    .regex(
      /^[\w.~+/-]+=*$/,
      "must have no other characters than letters, digits, -, ., _, ~, + and /, and = at its end",
    )
    .min(MIN_BEARER_TOKEN_CHARACTERS, `must have at least ${MIN_BEARER_TOKEN_CHARACTERS} characters`);
export const smtpUrl = () =>
  url("smtp:", "smtps:").refine(
    hasDecodableLogin,
    "must have its user and password percent-encoded: % is written %25",
  );
/** Another check refuses a value that is not a URL. */
function hasDecodableLogin(value: string): boolean {
  if (!URL.canParse(value)) return true;
  const { username, password } = new URL(value);
  try {
    decodeURIComponent(username);
    decodeURIComponent(password);
    return true;
  } catch {
    return false;
  }
}
export const databaseUrl = () =>
  z.string().refine(
    (value) =>
      // Without a host for a socket of this machine.
      urlsOfServers(value).every((server) => hasScheme(server, ["postgres:", "postgresql:"])),
    {
      message: "must be a URL that starts with postgres:// or postgresql://",
    },
  );
const list = () =>
  z.union(
    [
      z.array(text()),
      z.string().transform((value) =>
        value
          .split(",")
          .map((item) => item.trim())
          .filter((item) => item !== ""),
      ),
    ],
    { error: "must be a list of texts, or one text with commas between them" },
  );

/** Of host names; a URL, which is given by mistake, would never be the host of a request. */
export const hostNames = () =>
  list().refine((names) => names.every((name) => /^(\[[\da-f:.]+\]|[^\s/:@?#]+)$/i.test(name)), {
    message: "must be host names without scheme, port and path",
  });

export const addressRanges = () =>
  list().refine((ranges) => ranges.every((range) => parseAddressRange(range) !== undefined), {
    message: "must be addresses, or ranges such as 10.1.0.0/16",
  });

export const withoutFinalSlash = (value: string) => value.replace(/\/+$/, "");

export const functionMap = () =>
  z.record(
    text(),
    z.strictObject({
      file: text(),
      handler: text().default("handler"),
      environment: z.record(z.string(), z.coerce.string()).default({}),
    }),
  );

/** A destination of log records. */
const logDestination = () =>
  z.union([
    z.literal("log"),
    z.strictObject({ file: text() }),
    z.strictObject({ folder: text() }),
    z.strictObject({ url: url("http:", "https:"), headers: z.record(z.string(), z.string()).default({}) }),
  ]);
export const logDestinationMap = () => z.record(text(), logDestination());

/** A destination of log records; text is one in JSON, or the path of a file. */
export const auditLogDestination = () =>
  z.union(
    [
      logDestination(),
      z
        .string()
        .min(1)
        .transform((value) => (value.startsWith("{") ? parseJson(value) : { file: value }))
        .pipe(logDestination()),
    ],
    { error: "must be a file, log, or a destination with file, folder or url" },
  );

export const endpointMap = () =>
  z.partialRecord(
    z.enum(["Facebook", "Google", "LoginWithAmazon", "SignInWithApple"]),
    z.partialRecord(
      z.enum(["oidc_issuer", "authorize_url", "token_url", "attributes_url", "jwks_uri"]),
      url("http:", "https:"),
    ),
  );

export const regionName = () =>
  z.string().refine(isRegionName, "must be a region's name, for example us-east-1");

/** Of e-mail, as in a header `From`. */
export const sender = () =>
  z
    .string()
    .regex(
      /^([^<>]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/,
      "must be an address, or a name and <address>",
    );
