/**
 * E-mail by SMTP.
 *
 * @see RFC 5321; RFC 3207 (STARTTLS); RFC 8314 §3 (`smtps:` is TLS from the first byte)
 */
import type { Transporter } from "nodemailer";
import { isLoopback } from "../loopback.ts";
import { DeliveryFailed, type Message, type MessageDelivery } from "./message.ts";

export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…`; the user and password percent-encoded. */
  readonly url: string;
  /** The sender where a message names none. */
  readonly from: string;
  /** How long to wait for the connection, and for each answer. */
  readonly timeoutMilliseconds?: number;
}

export interface ClosableDelivery extends MessageDelivery {
  /** Lets go of open connections. */
  close(): Promise<void>;
}

const DEFAULT_TIMEOUT_MILLISECONDS = 10_000;

/** So many time-outs are the longest that a message takes once it has a connection, also where each answer comes in time. */
const MAX_TIMEOUTS_OF_A_MESSAGE = 3;

/** How many messages are sent at a time, each on its own connection. */
const CONNECTIONS = 5;

/**
 * How many messages may wait for a connection. A server with a longer queue does not answer, so more would wait without
 * success.
 */
const MAX_WAITING = 100;

/** Hands e-mail to a mail server, over connections that are kept open for the next message. */
export function smtpDelivery(options: SmtpOptions): ClosableDelivery {
  let transporter: Promise<Transporter> | undefined;
  const timeout = options.timeoutMilliseconds ?? DEFAULT_TIMEOUT_MILLISECONDS;
  const connections = createSlots(CONNECTIONS, timeout);
  return {
    async send(message) {
      transporter ??= createTransporter(options);
      await connections.take();
      try {
        // Ends the connection as well.
        const signal = AbortSignal.timeout(MAX_TIMEOUTS_OF_A_MESSAGE * timeout);
        await (await transporter).sendMail({ ...mailOf(message, options.from), signal });
      } catch (error) {
        throw new DeliveryFailed("The mail server did not take the message.", { cause: error });
      } finally {
        connections.giveBack();
      }
    },
    async close() {
      (await transporter)?.close();
    },
  };
}

interface Slots {
  /** @throws DeliveryFailed none came free in time, or too many wait already */
  take(): Promise<void>;
  giveBack(): void;
}

/** Counts what is under way, so that no message waits for a connection longer than one time-out. */
function createSlots(count: number, waitMilliseconds: number): Slots {
  let free = count;
  const waiting = new Set<() => void>();
  return {
    async take() {
      if (free > 0) {
        free -= 1;
        return;
      }
      if (waiting.size >= MAX_WAITING) throw busy();
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(start);
          reject(busy());
        }, waitMilliseconds);
        const start = () => {
          clearTimeout(timer);
          resolve();
        };
        waiting.add(start);
      });
    },
    giveBack() {
      const [start] = waiting;
      if (start === undefined) {
        free += 1;
        return;
      }
      waiting.delete(start);
      start();
    },
  };
}

function busy(): DeliveryFailed {
  return new DeliveryFailed("Too many messages wait for the mail server.");
}

/** Nodemailer is loaded for the first message: most starts of the server never send one. */
async function createTransporter({ url, timeoutMilliseconds }: SmtpOptions): Promise<Transporter> {
  const { protocol, hostname, port, username, password } = new URL(url);
  const timeout = timeoutMilliseconds ?? DEFAULT_TIMEOUT_MILLISECONDS;
  const secure = protocol === "smtps:";
  const { createTransport } = await import("nodemailer");
  return createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    // A password must not cross a network in the clear, even if an attacker on it strips STARTTLS from the server's offer.
    requireTLS: username !== "" && !isLoopback(hostname),
    ...(username !== "" && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    // Also where the other side does not end the connection.
    socketCloseTimeout: timeout,
    // The content of a message is text, never the name of a file or a page to put in its place.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function mailOf(
  { destination, subject, body, from, replyTo, configurationSet }: Message,
  defaultFrom: string,
) {
  return {
    from: from ?? defaultFrom,
    // As an object, so that nothing in the address is read as a list of addresses.
    to: { name: "", address: destination },
    ...(replyTo !== undefined && { replyTo }),
    ...(configurationSet !== undefined && { headers: { "X-SES-CONFIGURATION-SET": configurationSet } }),
    subject: subject ?? "",
    html: body,
  };
}
