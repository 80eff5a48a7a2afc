import type { IncomingMessage } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../../clock.ts";
import type { Surface } from "../../http/index.ts";
import type { UploadUrls } from "./upload-url.ts";

interface UploadDependencies {
  readonly urls: UploadUrls;
  readonly clock: Clock;
  readonly maxBytes: number;
  readonly newRequestId: () => string;
  /** Keeps the file of a job. @returns its MD5 in hex; undefined when there is no such job, or it takes no file any more */
  readonly store: (
    target: { poolId: string; jobId: string },
    content: AsyncIterable<Uint8Array>,
  ) => Promise<string | undefined>;
}

interface S3Error {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, string>> | undefined;
}

/** `PUT` to a presigned URL, with S3's answers. Browsers may call it from pages of other origins, as the console's. */
export function uploadSurface(dependencies: UploadDependencies): Surface {
  return async (app) => {
    // The body is read as it comes: it may be larger than any other request's.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    app.addHook("onRequest", async (request, reply) => {
      if (request.headers["content-type"] !== undefined)
        request.headers["content-type"] = "application/octet-stream";
      reply.headers({
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "PUT",
        "access-control-allow-headers": "content-type, x-amz-server-side-encryption",
      });
    });
    app.route({
      method: "PUT",
      url: "/:bucket(^aws-cognito-idp-user-import-[a-z0-9-]+$)/*",
      bodyLimit: dependencies.maxBytes,
      errorHandler: (error, request, reply) =>
        (error as { statusCode?: number }).statusCode === 413
          ? refuse(reply, tooLarge(request, dependencies), dependencies)
          : reply.send(error),
      handler: (request, reply) => receive(request, reply, dependencies),
    });
    app.options("/:bucket(^aws-cognito-idp-user-import-[a-z0-9-]+$)/*", (_request, reply) =>
      reply.code(200).send(),
    );
  };
}

async function receive(request: FastifyRequest, reply: FastifyReply, dependencies: UploadDependencies) {
  const { urls, clock, maxBytes, newRequestId, store } = dependencies;
  const { pathname, searchParams } = new URL(request.url, "http://local");
  const encryption = request.headers["x-amz-server-side-encryption"];
  const refusal = urls.refusalOf(
    pathname,
    searchParams,
    encryption === undefined ? undefined : String(encryption),
    clock.now(),
  );
  if (refusal !== undefined) return refuse(reply, { status: 403, ...refusal }, dependencies);
  if (request.headers["content-length"] === undefined) {
    const message = "You must provide the Content-Length HTTP header.";
    return refuse(reply, { status: 411, code: "MissingContentLength", message }, dependencies);
  }
  if (Number(request.headers["content-length"]) > maxBytes)
    return refuse(reply, tooLarge(request, dependencies), dependencies);
  const target = urls.targetOf(pathname);
  const content = (request.body as IncomingMessage | undefined) ?? emptyBody();
  const md5 = target && (await store(target, content));
  if (md5 === undefined)
    return refuse(reply, { status: 403, code: "AccessDenied", message: "Access Denied" }, dependencies);
  return reply
    .code(200)
    .headers({
      etag: `"${md5}"`,
      "x-amz-server-side-encryption": "aws:kms",
      "x-amz-request-id": newRequestId(),
    })
    .send();
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

function tooLarge(request: FastifyRequest, { maxBytes }: UploadDependencies): S3Error {
  return {
    status: 400,
    code: "EntityTooLarge",
    message: "Your proposed upload exceeds the maximum allowed size",
    details: { ProposedSize: String(request.headers["content-length"]), MaxSizeAllowed: String(maxBytes) },
  };
}

/** @see Amazon S3 API Reference, "Error responses" */
function refuse(
  reply: FastifyReply,
  { status, code, message, details = {} }: S3Error,
  { newRequestId }: UploadDependencies,
) {
  const requestId = newRequestId();
  const members = { Code: code, Message: message, ...details, RequestId: requestId };
  const xml = Object.entries(members).map(([name, value]) => `<${name}>${escaped(value)}</${name}>`);
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${xml.join("")}</Error>`;
  // The rest of the body is not read.
  if (status !== 403) reply.header("connection", "close");
  return reply
    .code(status)
    .headers({ "content-type": "application/xml", "x-amz-request-id": requestId })
    .send(Buffer.from(body));
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
