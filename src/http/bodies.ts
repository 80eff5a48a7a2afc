import type { IncomingMessage } from "node:http";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** The largest body that is read: AWS refuses larger ones with the same limit. */
export const BODY_LIMIT_BYTES = 1024 * 1024;

/**
 * The largest body of the requests that carry images of a managed login style.
 *
 * @see API Reference, "CreateManagedLoginBranding": a request of 2 megabytes, an image of 1,000,000 bytes
 */
const IMAGES_LIMIT_BYTES = 2 * BODY_LIMIT_BYTES;

/** @param target as in `X-Amz-Target`; the operation is what follows the point */
export function bodyLimitOf(target: string | undefined): number {
  return /\.(?:Create|Update)ManagedLoginBranding$/.test(target ?? "")
    ? IMAGES_LIMIT_BYTES
    : BODY_LIMIT_BYTES;
}

function limitOf({ headers, url }: FastifyRequest): number {
  if (url === "/console/api/login-preview") return IMAGES_LIMIT_BYTES;
  return bodyLimitOf(String(headers["x-amz-target"] ?? ""));
}

/**
 * How much of a body that is too large is read and dropped. A client that is still sending when its connection ends
 * often sees a reset in place of the answer. So the answer waits until a body of up to this size has arrived.
 */
const DISCARDED_BYTES = 8 * BODY_LIMIT_BYTES;

/** The memory that bodies may take while they arrive, all connections together. */
const MAX_BYTES_UNDER_WAY = 64 * BODY_LIMIT_BYTES;

/** Refuses a body. Fastify answers with its status and message unless the surface has an error handler of its own. */
export class BodyRefused extends Error {
  readonly statusCode: 413 | 503;

  constructor(statusCode: 413 | 503, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** A body while it arrives. */
interface BodyUnderWay {
  /** Bytes of it that are kept. */
  bytes: number;
  /** Drops what has arrived, and refuses it once the rest has arrived. */
  readonly refuse: (reason: BodyRefused) => void;
}

/** The memory that is left for bodies under way, and those that use the rest. */
export interface BodyBudget {
  left: number;
  readonly underWay: Set<BodyUnderWay>;
}

export function createBodyBudget(): BodyBudget {
  return { left: MAX_BYTES_UNDER_WAY, underWay: new Set() };
}

/**
 * Makes room for `bytes` more of a body. The largest bodies are refused for it, this one among them, so that a few clients that do not
 * finish theirs cannot keep out the small ones that most requests have.
 *
 * @returns whether the body may keep them
 */
function takeFrom(budget: BodyBudget, body: BodyUnderWay, bytes: number): boolean {
  while (budget.left < bytes) {
    let largest = body;
    let size = body.bytes + bytes;
    for (const other of budget.underWay) {
      if (other !== body && other.bytes > size) [largest, size] = [other, other.bytes];
    }
    largest.refuse(new BodyRefused(503, "Too many requests are being read. Try again."));
    if (largest === body) return false;
  }
  budget.left -= bytes;
  body.bytes += bytes;
  return true;
}

/** Makes `request.body` the bytes that were sent, for every content type: signatures cover them. */
export function readBodiesAsBytes(app: FastifyInstance, budget: BodyBudget): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (request: FastifyRequest, payload: IncomingMessage) =>
    readBody(payload, limitOf(request), budget),
  );
}

function readBody(payload: IncomingMessage, limit: number, budget: BodyBudget): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = 0;
    let refusal: BodyRefused | undefined;

    const release = () => {
      budget.left += body.bytes;
      body.bytes = 0;
      budget.underWay.delete(body);
      chunks = [];
    };
    const refuse = (reason: BodyRefused) => {
      refusal ??= reason;
      release();
    };
    const fail = (error: Error) => {
      release();
      reject(error);
    };
    const body: BodyUnderWay = { bytes: 0, refuse };
    budget.underWay.add(body);

    payload.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (refusal !== undefined) {
        if (length > DISCARDED_BYTES) reject(refusal);
        return;
      }
      if (length > limit) {
        refuse(new BodyRefused(413, `Request size exceeded ${limit} bytes`));
      } else if (takeFrom(budget, body, chunk.length)) {
        chunks.push(chunk);
      }
    });
    payload.on("end", () => {
      if (refusal !== undefined) return reject(refusal);
      const [only] = chunks;
      const whole = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, length);
      release();
      resolve(whole);
    });
    // The client's doing, which no log needs: the connection ended within the body, with an error of Node or without one.
    const failAsCut = () => fail(new BodyRefused(413, "The request ended before its body did."));
    payload.on("error", failAsCut);
    payload.on("close", () => {
      if (!payload.readableEnded) failAsCut();
    });
  });
}
