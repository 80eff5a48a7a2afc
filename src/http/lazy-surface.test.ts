import { expect, it } from "vitest";
import { type Log, silentLog } from "../log.ts";
import { type Answered, createHttpApp, type HttpOptions } from "./app.ts";
import { lazySurface } from "./lazy-surface.ts";
import type { Surface } from "./surface.ts";

const echo: Surface = async (app) => {
  app.post("/late/echo", (request) => Buffer.from(request.received().body).toString());
};

function appOf(load: () => Promise<Surface>, log: Log = silentLog, more: Partial<HttpOptions> = {}) {
  return createHttpApp({
    ...more,
    log,
    isOwnHost: () => false,
    trustProxy: false,
    surfaces: [lazySurface(["/late/*"], load)],
  });
}

const post = { method: "POST", url: "/late/echo", body: "the body" } as const;

it("loads a surface once, for the requests that arrive while it is loading", async () => {
  let loads = 0;
  const app = appOf(async () => {
    loads++;
    return echo;
  });
  await app.ready();
  expect(loads).toBe(0);
  const answers = await Promise.all([app.inject(post), app.inject(post), app.inject(post)]);
  expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual(Array(3).fill([200, "the body"]));
  expect(loads).toBe(1);
  await app.close();
});

it("logs a surface that cannot be loaded, answers 500, and tries again with the next request", async () => {
  const errors: unknown[] = [];
  let isBroken = true;
  const app = appOf(
    async () => {
      if (isBroken) throw new Error("The chunk is not there.");
      return echo;
    },
    { ...silentLog, error: (fields) => void errors.push(fields) },
  );
  expect((await app.inject(post)).statusCode).toBe(500);
  expect(errors).toMatchObject([{ err: { message: "The chunk is not there." } }]);
  isBroken = false;
  expect((await app.inject(post)).statusCode).toBe(200);
  await app.close();
});

it("does not load a surface for a request to another host or another path", async () => {
  const app = appOf(() => {
    throw new Error("It was loaded.");
  });
  expect((await app.inject({ ...post, headers: { host: "evil.example" } })).statusCode).toBe(421);
  expect((await app.inject({ ...post, url: "/early" })).statusCode).toBe(404);
  await app.close();
});

it("answers 404 to a path that the loaded surface does not have", async () => {
  const app = appOf(async () => echo);
  const answer = await app.inject({ ...post, url: "/late/other" });
  expect([answer.statusCode, answer.json()]).toEqual([404, { message: "There is nothing here." }]);
  await app.close();
});

it("tells each answer once, whether the surface or the app around it gave it", async () => {
  const answers: Answered[] = [];
  const app = appOf(async () => echo, silentLog, { onAnswered: (answered) => void answers.push(answered) });
  await app.inject(post);
  await app.inject({ ...post, headers: { host: "evil.example" } });
  await app.inject({ ...post, url: "/late/nothing" });
  expect(answers.map(({ route, status }) => [route, status])).toEqual([
    ["/late/echo", 200],
    ["/late/*", 421],
    [undefined, 404],
  ]);
  await app.close();
});
