import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

it("keeps the letter and the word of an email on one line in Japanese", async () => {
  const folder = join(import.meta.dirname, "../../console/src/i18n/ja");
  const texts = await Promise.all(
    (await readdir(folder)).map((file) => readFile(join(folder, file), "utf8")),
  );
  expect(
    texts
      .join("")
      .match(/E.メール/g)
      ?.filter((word) => word !== "E\u00a0メール"),
  ).toEqual([]);
});
