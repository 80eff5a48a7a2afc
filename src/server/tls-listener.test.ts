import { mkdtemp, readFile, rm } from "node:fs/promises";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, expect, it, vi } from "vitest";
import { defaultSettings } from "../config/index.ts";
import { namesOf } from "../data-directory.ts";
import { createHttpApp, STOP_WITHIN_MILLISECONDS } from "../http/index.ts";
import { silentLog } from "../log.ts";
import { systemRandom } from "../random.ts";
import { listenWithTls } from "./tls-listener.ts";

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
