import type { ChildProcess } from "node:child_process";

/**
 * Closes the connection that a process was given and has not taken when it ends. Node's cluster module keeps it open for ever, so
 * that its client would wait without an answer.
 */
export function closeUntakenConnection(child: ChildProcess): void {
  const send = child.send;
  // Each is given after the one before it was taken, which closes it here.
  let given: { close(): void } | undefined;
  // By which the cluster module hands over.
  child.send = (...args: unknown[]): boolean => {
    const [, handle] = args;
    if (typeof handle === "object" && handle !== null && "close" in handle)
      given = handle as { close(): void };
    return Reflect.apply(send, child, args);
  };
  child.on("exit", () => given?.close());
}
