/**
 * Waits for the answers to calls that were sent at once. If several are refused, it throws the refusal of the first of `calls`: by
 * time, the reason that a page shows would be another one each time.
 */
export async function together<Calls extends readonly unknown[] | []>(
  calls: Calls,
): Promise<{ -readonly [Index in keyof Calls]: Awaited<Calls[Index]> }> {
  await Promise.allSettled(calls);
  return Promise.all(calls);
}
