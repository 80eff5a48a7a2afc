import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { listen } from "./listen.ts";

export interface MailServer {
  /** For the setting `smtpUrl`. */
  readonly url: string;
  /** The mails as they were sent, head and body, the oldest first. */
  readonly mails: readonly string[];
  /** The addresses that mails were sent to, with those that were refused. */
  readonly recipients: readonly string[];
  stop(): Promise<void>;
}

/** A mail server without a log-in. It refuses mails to addresses that begin with `nobody@`. */
export async function startMailServer(): Promise<MailServer> {
  const mails: string[] = [];
  const recipients: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo({ address }, _session, done) {
      recipients.push(address);
      done(address.startsWith("nobody@") ? new Error("No such mailbox") : null);
    },
    onData(stream, _session, done) {
      void text(stream).then((mail) => {
        mails.push(mail);
        done();
      });
    },
  });
  const port = await listen(server.server);
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    recipients,
    stop: () => new Promise((closed) => server.close(() => closed())),
  };
}
