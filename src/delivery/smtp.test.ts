import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { DeliveryFailed, type Message } from "./message.ts";
import { type ClosableDelivery, smtpDelivery } from "./smtp.ts";

const message: Message = {
  poolId: "us-east-1_AbCdEfGhI",
  username: "jane",
  medium: "EMAIL",
  destination: "jane@example.com",
  subject: "Your temporary password",
  body: "Your password is <b>Grüße</b>",
  purpose: "AdminCreateUser",
};

interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly secure: boolean;
  readonly user: string | undefined;
  readonly text: string;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function mailServer(options: SMTPServerOptions = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    ...options,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          secure: session.secure,
          user: session.user,
          text: Buffer.concat(chunks).toString("utf8"),
        });
        done();
      });
    },
  });
  // A client that refuses the certificate ends the connection, which the server calls an error.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { received, port: (server.server.address() as AddressInfo).port };
}

function delivery(url: string, timeoutMilliseconds?: number): ClosableDelivery {
  const made = smtpDelivery({
    url,
    from: "no-reply@cognate.example",
    ...(timeoutMilliseconds && { timeoutMilliseconds }),
  });
  closing.push(() => made.close());
  return made;
}

const certificate = { key: "", cert: "" };
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "cognate-smtp-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const files = ["-keyout", key, "-out", cert, "-days", "2", "-nodes"];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", ...subject, ...files],
    {
      stdio: "ignore",
    },
  );
  certificate.key = readFileSync(key, "utf8");
  certificate.cert = readFileSync(cert, "utf8");
  rmSync(folder, { recursive: true });
});

describe("e-mail by SMTP", () => {
  it("sends a message as HTML from the server's own sender", async () => {
    const { received, port } = await mailServer({ disabledCommands: ["STARTTLS", "AUTH"] });
    await delivery(`smtp://127.0.0.1:${port}`).send(message);

    expect(received).toEqual([
      expect.objectContaining({ from: "no-reply@cognate.example", to: ["jane@example.com"] }),
    ]);
    expect(received[0]?.text).toContain("Subject: Your temporary password");
    expect(received[0]?.text).toContain("Content-Type: text/html; charset=utf-8");
    expect(received[0]?.text).toMatch(/Your password is <b>Gr=C3=BC=C3=9Fe<\/b>/);
  });

  it("sends from the pool's sender with the pool's Reply-To", async () => {
    const { received, port } = await mailServer({ disabledCommands: ["STARTTLS", "AUTH"] });
    await delivery(`smtp://127.0.0.1:${port}`).send({
      ...message,
      from: "Example <hello@example.com>",
      replyTo: "help@example.com",
    });

    expect(received[0]?.from).toBe("hello@example.com");
    expect(received[0]?.text).toContain("From: Example <hello@example.com>");
    expect(received[0]?.text).toContain("Reply-To: help@example.com");
  });

  it("sends to one address only, even if the address contains separators", async () => {
    const { received, port } = await mailServer({ disabledCommands: ["STARTTLS", "AUTH"] });
    await delivery(`smtp://127.0.0.1:${port}`)
      .send({ ...message, destination: "eve,jane@example.com" })
      .catch(() => undefined);
    expect(received.flatMap(({ to }) => to)).not.toContain("jane@example.com");
  });

  it("does not let a line break in the subject add headers", async () => {
    const { received, port } = await mailServer({ disabledCommands: ["STARTTLS", "AUTH"] });
    await delivery(`smtp://127.0.0.1:${port}`).send({ ...message, subject: "Hello\r\nBcc: eve@example.com" });
    expect(received[0]?.to).toEqual(["jane@example.com"]);
    expect(received[0]?.text).not.toMatch(/^Bcc:/m);
  });

  it.each([
    ["smtp:", false],
    ["smtps:", true],
  ])("uses TLS with %s and logs in with a percent-encoded user and password", async (protocol, secure) => {
    const trusted = getCACertificates("default");
    setDefaultCACertificates([...trusted, certificate.cert]);
    closing.push(async () => setDefaultCACertificates(trusted));
    const { received, port } = await mailServer({
      ...certificate,
      secure,
      authOptional: false,
      onAuth: ({ username, password }, _session, done) =>
        username === "us er" && password === "p:w/d" ? done(null, { user: username }) : done(new Error("No")),
    });
    await delivery(`${protocol}//us%20er:p%3Aw%2Fd@localhost:${port}`).send(message);
    expect(received).toEqual([expect.objectContaining({ secure: true, user: "us er" })]);
  });

  it("rejects a server whose certificate is not trusted", async () => {
    const { received, port } = await mailServer({ ...certificate, secure: true });
    await expect(delivery(`smtps://localhost:${port}`).send(message)).rejects.toThrow(DeliveryFailed);
    expect(received).toEqual([]);
  });

  it("does not send its password to a remote server without TLS", async () => {
    const { received, port } = await mailServer({ disabledCommands: ["STARTTLS"], authOptional: false });
    // Another name for this machine that does not say so.
    await expect(delivery(`smtp://user:secret@localhost.:${port}`).send(message)).rejects.toThrow(
      DeliveryFailed,
    );
    expect(received).toEqual([]);
  });

  it("reports a failed delivery if the server refuses the recipient, the login or the connection", async () => {
    const { port } = await mailServer({
      disabledCommands: ["STARTTLS"],
      onRcptTo: (_address, _session, done) => done(new Error("No such mailbox")),
      onAuth: (_auth, _session, done) => done(new Error("Wrong password")),
    });
    const failure = {
      name: "DeliveryFailed",
      message: "The mail server did not take the message.",
      isUnconfigured: false,
    };
    await expect(delivery(`smtp://127.0.0.1:${port}`).send(message)).rejects.toMatchObject(failure);
    await expect(delivery(`smtp://u:wrong@127.0.0.1:${port}`).send(message)).rejects.toMatchObject(failure);
    await expect(delivery("smtp://127.0.0.1:1").send(message)).rejects.toMatchObject(failure);
  });

  it("sends the pool's configuration set in the header of Amazon SES", async () => {
    const { received, port } = await mailServer({ disabledCommands: ["STARTTLS", "AUTH"] });
    await delivery(`smtp://127.0.0.1:${port}`).send({ ...message, configurationSet: "my-set" });
    expect(received[0]?.text).toMatch(/^X-SES-CONFIGURATION-SET: my-set$/im);
  });

  it("reports a failed delivery if the server never answers", async () => {
    const { createServer } = await import("node:net");
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    closing.push(() => new Promise((resolve) => silent.close(() => resolve())));
    const { port } = silent.address() as AddressInfo;
    await expect(delivery(`smtp://127.0.0.1:${port}`, 50).send(message)).rejects.toThrow(DeliveryFailed);
  });

  it("reports a failed delivery if the server never ends an answer, and ends the connection", async () => {
    const { createServer } = await import("node:net");
    const ended = Promise.withResolvers<void>();
    const slow = createServer((socket) => {
      socket.write("220 mail.example.com\r\n");
      const line = setInterval(() => socket.write("250-WAIT\r\n"), 10);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        clearInterval(line);
        ended.resolve();
      });
    });
    await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
    closing.push(() => new Promise((resolve) => slow.close(() => resolve())));
    const { port } = slow.address() as AddressInfo;
    await expect(delivery(`smtp://127.0.0.1:${port}`, 50).send(message)).rejects.toThrow(DeliveryFailed);
    await ended.promise;
  });

  it("connects at most twice on each of its five connections, for any number of messages, if the server never answers", async () => {
    const { createServer } = await import("node:net");
    let connections = 0;
    const silent = createServer(() => (connections += 1));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    closing.push(() => new Promise((resolve) => silent.close(() => resolve())));
    const { port } = silent.address() as AddressInfo;
    const mail = delivery(`smtp://127.0.0.1:${port}`, 200);
    const results = await Promise.allSettled(Array.from({ length: 200 }, () => mail.send(message)));
    expect(results.every(({ status }) => status === "rejected")).toBe(true);
    expect(connections).toBeLessThanOrEqual(10);
  });
});
