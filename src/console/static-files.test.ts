import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { staticFile } from "./static-files.ts";

describe("the console's files", () => {
  let parent: string;
  let folder: string;

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), "cognate-console-"));
    folder = join(parent, "console");
    await mkdir(join(folder, "assets"), { recursive: true });
    await writeFile(join(folder, "index.html"), "<!doctype html>");
    await writeFile(join(folder, "assets", "index-abc.js"), "export {}");
    await writeFile(join(folder, "assets", "index-abc.js.br"), "brotli");
    await writeFile(join(folder, "assets", "index-abc.js.gz"), "gzip");
    await writeFile(join(parent, "secret.js"), "secret");
  });
  afterAll(() => rm(parent, { recursive: true }));

  const get = (path: string, acceptEncoding = "", ifNoneMatch?: string) =>
    staticFile(folder, { path, acceptEncoding, ifNoneMatch });

  it.each(["", "user-pools", "user-pools/us-east-1_abc/users/detail/jane.doe"])(
    "answer with the page at every address of the application: /console/%s",
    async (path) => {
      const file = await get(path);
      expect(file.status).toBe(200);
      expect(file.headers).toMatchObject({ "cache-control": "no-cache", "x-frame-options": "DENY" });
      expect(String(file.body)).toBe("<!doctype html>");
    },
  );

  it("are kept for ever when their name carries a hash", async () => {
    const file = await get("assets/index-abc.js");
    expect(file.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(file.headers["content-type"]).toBe("text/javascript; charset=utf-8");
  });

  it.each([
    ["br, gzip", "brotli", "br"],
    ["gzip, br;q=0", "gzip", "gzip"],
    ["identity", "export {}", undefined],
  ])("come in the form that the client takes: %s", async (accepted, body, encoding) => {
    const file = await get("assets/index-abc.js", accepted);
    expect(String(file.body)).toBe(body);
    expect(file.headers["content-encoding"]).toBe(encoding);
  });

  it("are not sent again to who has them", async () => {
    const { headers } = await get("");
    expect(await get("", "", headers.etag)).toMatchObject({ status: 304, body: Buffer.alloc(0) });
  });

  it.each(["../secret.js", "assets/../../secret.js", "assets/..\\secret.js", "..%2fsecret.js"])(
    "never come from outside of their folder: %s",
    async (path) => expect(String((await get(path)).body)).not.toContain("secret"),
  );

  it("answer with 404 for a file that is not there", async () => {
    expect((await get("assets/gone-123.js")).status).toBe(404);
  });

  it("say how they are built when they are not", async () => {
    const file = await staticFile(join(parent, "nowhere"), {
      path: "",
      acceptEncoding: "",
      ifNoneMatch: undefined,
    });
    expect(file.status).toBe(503);
    expect(String(file.body)).toContain("npm run build:console");
  });
});
