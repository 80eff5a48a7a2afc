import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";

export interface StaticFile {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Everything from this origin, nothing from elsewhere, no inline script or style, never in a frame.
 *
 * @see OWASP ASVS 5.0 3.4.3, 3.4.6
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const commonHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/** File names that the build makes, and nothing that could leave the folder. */
const FILE_NAME = /^(?:assets\/)?[\w-][\w.-]*$/;

const encodings = [
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;

export interface StaticRequest {
  /** What follows `/console/`, decoded; empty for the page itself. */
  readonly path: string;
  readonly acceptEncoding: string;
  readonly ifNoneMatch: string | undefined;
}

/**
 * The console's files. Assets carry a hash of their content in their name and may be kept for ever; every other path is a
 * page of the application, which index.html shows.
 */
export async function staticFile(folder: string, request: StaticRequest): Promise<StaticFile> {
  const isFile = FILE_NAME.test(request.path) && Object.hasOwn(contentTypes, extname(request.path));
  if (isFile) {
    const file = await read(folder, request.path, request.acceptEncoding);
    if (file !== undefined) return found(request, file);
    return answer(404, { "content-type": "text/plain; charset=utf-8" }, "There is no such file.");
  }
  const page = await read(folder, "index.html", request.acceptEncoding);
  if (page === undefined) return notBuilt();
  return found({ ...request, path: "index.html" }, page);
}

interface Content {
  readonly body: Buffer;
  readonly encoding: string | undefined;
}

/** The file in the best form that the client takes; the build leaves compressed copies beside each. */
async function read(folder: string, name: string, acceptEncoding: string): Promise<Content | undefined> {
  for (const [encoding, extension] of encodings) {
    if (!accepts(acceptEncoding, encoding)) continue;
    const body = await readIfThere(join(folder, name + extension));
    if (body !== undefined) return { body, encoding };
  }
  const body = await readIfThere(join(folder, name));
  return body === undefined ? undefined : { body, encoding: undefined };
}

function accepts(acceptEncoding: string, encoding: string): boolean {
  return acceptEncoding.split(",").some((part) => {
    const [name, ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}

const NO_SUCH_FILE = new Set(["ENOENT", "ENOTDIR", "EISDIR", "ENAMETOOLONG"]);

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined && NO_SUCH_FILE.has(code)) return undefined;
    throw error;
  }
}

function found({ path, ifNoneMatch }: StaticRequest, { body, encoding }: Content): StaticFile {
  const isHashed = path.startsWith("assets/");
  const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const headers = {
    "content-type": contentTypes[extname(path)] ?? "application/octet-stream",
    "cache-control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
    etag: tag,
    vary: "accept-encoding",
    ...(encoding === undefined ? {} : { "content-encoding": encoding }),
  };
  return ifNoneMatch === tag ? answer(304, headers, "") : answer(200, headers, body);
}

function notBuilt(): StaticFile {
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="3">
<title>Cognate console</title>
<h1>The console is not built yet</h1>
<p>If <code>npm start</code> is building it now, this page shows it in a moment. Otherwise run <code>npm run build:console</code>.</p>
`;
  return answer(
    503,
    { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", "retry-after": "3" },
    page,
  );
}

function answer(status: number, headers: Record<string, string>, body: Buffer | string): StaticFile {
  return { status, headers: { ...commonHeaders, ...headers }, body: Buffer.from(body) };
}
