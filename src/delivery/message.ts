/** A message to a user, ready to send. It may hold a code or a temporary password, so it never goes into a log. */
export interface Message {
  readonly poolId: string;
  /** Whom it is for, as stored. */
  readonly username: string;
  readonly medium: "EMAIL" | "SMS";
  /** An e-mail address, or a phone number in E.164 form. */
  readonly destination: string;
  /** E-mail only. */
  readonly subject?: string | undefined;
  /** HTML in an e-mail, plain text in an SMS. */
  readonly body: string;
  /** The purpose, for example `AdminCreateUser`. */
  readonly purpose: string;
  /** The confirmation code in it, for programs that read the inbox. */
  readonly code?: string | undefined;
  /** The confirmation link in it. */
  readonly link?: string | undefined;
  /** E-mail only: the sender that the pool names, an address alone or after a name: `Example <no-reply@example.com>`. */
  readonly from?: string | undefined;
  /** E-mail only: where answers go. */
  readonly replyTo?: string | undefined;
  /** E-mail only: the pool's configuration set, which mail servers such as Amazon SES know by a header. */
  readonly configurationSet?: string | undefined;
}

/** The port through which user pools reach their users. */
export interface MessageDelivery {
  /**
   * Hands a message over.
   *
   * @throws DeliveryFailed it was not accepted; the change that it is about stays
   */
  send(message: Message): Promise<void>;
}

/** A message was not taken for delivery. */
export class DeliveryFailed extends Error {
  /** Whether nothing is set up that could take messages of this medium. */
  readonly isUnconfigured: boolean;

  constructor(message: string, options: ErrorOptions & { isUnconfigured?: boolean } = {}) {
    super(message, options);
    this.name = "DeliveryFailed";
    this.isUnconfigured = options.isUnconfigured ?? false;
  }
}
