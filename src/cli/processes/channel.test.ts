import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { openChannel, type Peer } from "./channel.ts";

/** Two ends of a connection, each of which gets what the other sends. */
function connectedPeers(): [Peer & EventEmitter, Peer & EventEmitter] {
  const [first, second] = [new EventEmitter(), new EventEmitter()];
  const peer = (own: EventEmitter, other: EventEmitter) =>
    Object.assign(own, {
      send(message: object, sent: (error: Error | null) => void) {
        other.emit("message", JSON.parse(JSON.stringify(message)));
        sent(null);
        return true;
      },
    });
  return [peer(first, second), peer(second, first)];
}

type Doubling = { double(number: number): number };

describe("a call of another process", () => {
  it("gets the answer to its own question", async () => {
    const [here, there] = connectedPeers();
    openChannel(there, { double: async (number: number) => 2 * number });
    const channel = openChannel<Doubling>(here, {});
    expect(await Promise.all([channel.ask("double", 1), channel.ask("double", 2)])).toEqual([2, 4]);
  });

  it("fails with the message of the other process", async () => {
    const [here, there] = connectedPeers();
    openChannel(there, {
      double() {
        throw new Error("Too large.");
      },
    });
    await expect(openChannel<Doubling>(here, {}).ask("double", 1)).rejects.toThrow("Too large.");
  });

  it("fails when the other process ends before it answers", async () => {
    const [here] = connectedPeers();
    const asked = openChannel<Doubling>(here, {}).ask("double", 1);
    here.emit("disconnect");
    await expect(asked).rejects.toThrow("The other process has ended.");
  });

  it("fails when the other process has ended already", async () => {
    const here = Object.assign(new EventEmitter(), {
      send(_message: object, sent: (error: Error | null) => void) {
        sent(new Error("The channel is closed."));
        return false;
      },
    });
    await expect(openChannel<Doubling>(here, {}).ask("double", 1)).rejects.toThrow("The channel is closed.");
  });
});
