import { mkdtemp, readFile, rm } from "node:fs/promises";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, expect, it, vi } from "vitest";
import { systemClock } from "../clock.ts";
import { defaultSettings } from "../config/index.ts";
import { namesOf } from "../data-directory.ts";
import { createHttpApp, STOP_WITHIN_MILLISECONDS } from "../http/index.ts";
import { silentLog } from "../log.ts";
import { systemRandom } from "../random.ts";
import { openLocalAuthority } from "./local-authority.ts";
import { listenWithTls, optionsOf } from "./tls-listener.ts";

afterEach(() => vi.useRealTimers());

it("answers a request in progress when the TLS port is closed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cognate-tls-"));
  const arrived = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<string>();
  const app = createHttpApp({
    log: silentLog,
    isOwnHost: () => false,
    trustProxy: false,
    surfaces: [
      async (surface) => {
        surface.get("/slow", () => {
          arrived.resolve();
          return answer.promise;
        });
      },
    ],
  });
  await app.ready();
  const settings = { ...defaultSettings("dev"), tls: "local", tlsPort: 0 };
  const ports = { files: namesOf(folder), random: systemRandom };
  const { port, close } = await listenWithTls(app, settings, ports, () => false);
  const ca = await readFile(ports.files.tlsAuthority);
  const received = new Promise<string>((resolve, reject) => {
    get(`https://localhost:${port}/slow`, { ca }, (response) => resolve(text(response))).on("error", reject);
  });
  await arrived.promise;

  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const closed = close();
  vi.advanceTimersByTime(STOP_WITHIN_MILLISECONDS - 1);
  answer.resolve("done");
  expect(await received).toBe("done");
  await closed;
  await app.close();
  await rm(folder, { recursive: true });
});

it("makes a certificate at the next connection after one could not be made", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cognate-tls-"));
  const authority = await openLocalAuthority({
    files: namesOf(folder),
    random: systemRandom,
    clock: systemClock,
  });
  let fails = true;
  const { SNICallback } = await optionsOf(
    {
      certificateFor: async (names) => {
        if (fails && names.includes("id.example.com")) throw new Error("no certificate");
        return authority.certificateFor(names);
      },
    },
    () => true,
  );
  const contextOf = () =>
    new Promise((resolve, reject) => {
      SNICallback("id.example.com", (error, context) => (error ? reject(error) : resolve(context)));
    });
  await expect(contextOf()).rejects.toThrow("no certificate");
  fails = false;
  expect(await contextOf()).toBeDefined();
  await rm(folder, { recursive: true });
});
