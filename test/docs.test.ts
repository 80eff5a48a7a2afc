import { globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { operations } from "../src/user-pools/index.ts";
import { generatedPages } from "../tools/docs.ts";

const root = resolve(import.meta.dirname, "..");

describe("the documentation", () => {
  it.each([...generatedPages()].map(([file, text]) => [relative(root, file), text]))(
    "%s is what npm run docs writes",
    (file, text) => expect(readFileSync(join(root, file), "utf8")).toBe(text),
  );

  it("has a row for every operation that works", () => {
    const folder = join(root, "docs/compatibility");
    const pages = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\n");
    expect(Object.keys(operations).filter((name) => !pages.includes(name))).toEqual([]);
  });

  it("names tests that are there as its proof", () => {
    const folder = join(root, "docs/compatibility");
    const missing = readdirSync(folder).flatMap((page) => {
      const below = page === "iam.md" ? "src" : "src/user-pools";
      return [...readFileSync(join(folder, page), "utf8").matchAll(/`([\w./*-]+\.test\.ts)`/g)]
        .map(([, name = ""]) => name.replace(/^auth\//, "operations/authentication/"))
        .map((name) => (/^(src|test)\//.test(name) ? name : `${below}/${name}`))
        .filter((name) => globSync(name, { cwd: root }).length === 0)
        .map((name) => `${page}: ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it("links to files that are there", () => {
    const pages = [
      "README.md",
      "README.ja.md",
      "SECURITY.md",
      "CHANGELOG.md",
      "examples/rails-api/README.md",
    ].concat(
      readdirSync(join(root, "docs"), { recursive: true })
        .map(String)
        .filter((name) => name.endsWith(".md"))
        .map((name) => `docs/${name}`),
    );
    const broken = pages.flatMap((page) =>
      [...readFileSync(join(root, page), "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map(([, target = ""]) => join(dirname(page), target))
        .filter((target) => {
          try {
            readdirSync(join(root, target));
            return false;
          } catch (error) {
            return (error as NodeJS.ErrnoException).code === "ENOENT";
          }
        })
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });
});
