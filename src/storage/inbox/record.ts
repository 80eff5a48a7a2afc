/** A message that `cognate dev` kept instead of sending. It may hold a code or a temporary password. */
export interface InboxMessageRecord {
  readonly id: string;
  readonly poolId: string;
  readonly username: string;
  readonly medium: "EMAIL" | "SMS";
  readonly destination: string;
  /** *Sealed.* E-mail only. */
  readonly subject?: string | undefined;
  /** *Sealed.* */
  readonly body: string;
  /** *Sealed.* The confirmation code in the message. */
  readonly code?: string | undefined;
  /** *Sealed.* The confirmation link in the message. */
  readonly link?: string | undefined;
  /** The purpose of the message, for example `AdminCreateUser`. */
  readonly purpose: string;
  readonly sentAt: number;
}
