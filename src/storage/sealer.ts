/**
 * Encrypts and authenticates what must not be readable in the database.
 *
 * `context` names the place of the value (table, primary key, column), so that a sealed value that was moved to another row
 * does not open.
 */
export interface Sealer {
  seal(plaintext: Uint8Array, context: string): Uint8Array;
  /** @throws when `sealed` was not made by {@link seal} under a known master key for this `context` */
  open(sealed: Uint8Array, context: string): Uint8Array;
}
