import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { closeUntakenConnection } from "./handed-connections.ts";

/** A child process that keeps what it is sent. */
function childProcess() {
  const received: unknown[][] = [];
  const child = Object.assign(new EventEmitter(), {
    send(...args: unknown[]): boolean {
      expect(this).toBe(child);
      received.push(args);
      return args.length > 1;
    },
  });
  closeUntakenConnection(child as never);
  return { child, received };
}

/** The server's side of a connection. */
function connection() {
  let isClosed = false;
  return {
    isClosed: () => isClosed,
    close() {
      isClosed = true;
    },
  };
}

describe("the end of a process", () => {
  it("closes the connection that it was given last, and none that it was given before", () => {
    const { child } = childProcess();
    const [first, last] = [connection(), connection()];
    child.send({ act: "newconn" }, first);
    child.send({ act: "newconn" }, last);
    expect([first.isClosed(), last.isClosed()]).toEqual([false, false]);
    child.emit("exit", 0);
    expect([first.isClosed(), last.isClosed()]).toEqual([false, true]);
  });

  it("closes the connection also if messages without one were sent after it", () => {
    const { child } = childProcess();
    const given = connection();
    child.send({ act: "newconn" }, given);
    for (const handle of [undefined, null, {}, () => undefined]) child.send({ question: 1 }, handle);
    child.emit("exit", 0);
    expect(given.isClosed()).toBe(true);
  });

  it("closes nothing if it was given no connection", () => {
    const { child } = childProcess();
    child.send({ question: 1 });
    expect(child.emit("exit", 0)).toBe(true);
  });
});

describe("a message to a process", () => {
  it("is sent as it is, and its outcome is that of Node", () => {
    const { child, received } = childProcess();
    const args = [{ act: "newconn" }, connection(), { keepOpen: false }, () => undefined];
    expect(child.send(...args)).toBe(true);
    expect(child.send(args[0])).toBe(false);
    expect(received).toEqual([args, [args[0]]]);
  });
});
