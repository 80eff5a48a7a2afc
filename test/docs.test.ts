import { type ChannelListener, subscribe, unsubscribe } from "node:diagnostics_channel";
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import {
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { JwtVerifier } from "aws-jwt-verify";
import type { FastifyInstance } from "fastify";
import { describe, expect, it } from "vitest";
import { createServer } from "../src/create-server.ts";
import { operations } from "../src/user-pools/index.ts";
import { generatedPages } from "../tools/docs.ts";
import { createConfirmedUser, startTestServer } from "./support/server.ts";

const root = resolve(import.meta.dirname, "..");

describe("the documentation", () => {
  it.each([...generatedPages()].map(([file, text]) => [relative(root, file), text]))(
    "has %s as npm run docs writes it",
    (file, text) => expect(readFileSync(join(root, file), "utf8")).toBe(text),
  );

  it("has a row for every operation", () => {
    const folder = join(root, "docs/compatibility");
    const pages = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\n");
    expect(Object.keys(operations).filter((name) => !pages.includes(name))).toEqual([]);
  });

  it("names only existing test files as proof", () => {
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

  it("names only existing test titles in the conformance table", () => {
    const page = readFileSync(join(root, "docs/compatibility/oauth.md"), "utf8");
    const rows = page
      .slice(page.indexOf("## Conformance"))
      .split("\n")
      .map((line) => /^\| .* \| (.+) \| `(test\/[^`]+)` \|$/.exec(line))
      .filter((row) => row !== null);
    expect(rows.length).toBeGreaterThan(50);
    const missing = rows.filter(
      ([, title = "", file = ""]) => !readFileSync(join(root, file), "utf8").includes(`"${title}"`),
    );
    expect(missing.map(([row]) => row)).toEqual([]);
  });

  it("gives a reason for every dependency in a decision", () => {
    const decisions = globSync("docs/decisions/*.md", { cwd: root })
      .map((file) => readFileSync(join(root, file), "utf8"))
      .join("\n");
    const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    // By its whole name: `pg` is also a part of other words.
    const isNamed = (name: string) => new RegExp(`(?<![\\w/-])${name}(?![\\w-])`, "i").test(decisions);
    expect(Object.keys(devDependencies).filter((name) => !isNamed(name))).toEqual([]);
  });

  it("has the context, the decision and the consequences in every decision", () => {
    const folder = join(root, "docs/decisions");
    const parts = ["Context", "Decision", "Consequences"];
    const missing = globSync("[0-9]*.md", { cwd: folder }).flatMap((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      return parts
        .filter((part) => !text.includes(`\n**${part}.**`) && !text.includes(`\n## ${part}\n`))
        .map((part) => `${file}: ${part}`);
    });
    expect(missing).toEqual([]);
  });

  it("names only existing functions in the six requests of the architecture page", () => {
    const page = readFileSync(join(root, "docs/architecture.md"), "utf8");
    const steps = page.slice(page.indexOf("## Six requests"), page.indexOf("## The domain"));
    const missing = [...steps.matchAll(/((?:`\w+`(?:, |,? and | ))+)\(`(src\/[^`]+)`\)/g)].flatMap(
      ([, names = "", path = ""]) => {
        const files = /\.ts$/.test(path) ? [path] : globSync(`${path}/**/*.ts`, { cwd: root });
        const source = files.map((file) => readFileSync(join(root, file), "utf8")).join("\n");
        return [...names.matchAll(/`(\w+)`/g)]
          .map(([, name]) => name)
          .filter((name) => !new RegExp(`\\b${name}\\b`).test(source))
          .map((name) => `${name} in ${path}`);
      },
    );
    expect(missing).toEqual([]);
  });

  it("lists every endpoint of the server", async () => {
    const endpoints = new Set<string>();
    const listen: ChannelListener = (message) => {
      const { fastify } = message as { fastify: FastifyInstance };
      fastify.addHook("onRoute", ({ method, url }) => {
        // Surfaces that are loaded with their first request are handed it by a route of every method.
        if (url.startsWith("/console/api/") || [method].flat().includes("PATCH")) return;
        const path = url.replace(/^\/:poolId(?=\/(?!\.well-known|:clientId))/, "").replace(/\(.*?\)/, "");
        for (const each of [method].flat()) endpoints.add(`${each} ${path}`);
      });
    };
    subscribe("fastify.initialization", listen);
    const server = await startTestServer({ metricsToken: "token-of-metrics" });
    for (const path of ["/login", "/console/", "/_cognate/clock"]) await fetch(`${server.url}${path}`);
    unsubscribe("fastify.initialization", listen);
    await server.stop();
    // Refusals of other methods, and what comes with GET and for CORS, are not worth a reader's time.
    const routes = [...endpoints].filter((endpoint) => /^(GET|POST|PUT|DELETE) /.test(endpoint));
    const refused =
      /^((GET|PUT|DELETE) \/oauth2\/(token|revoke|introspect|register)|(PUT|DELETE) \/oauth2\/userInfo)$/;
    const page = readFileSync(join(root, "docs/endpoints.md"), "utf8");
    const listed = [...page.matchAll(/^\| `([A-Z, ]+) (\/\S*)` \|/gm)].flatMap(([, methods = "", path]) =>
      methods.split(", ").map((method) => `${method} ${path}`),
    );
    expect(listed.sort()).toEqual(routes.filter((route) => !refused.test(route)).sort());
  });

  it("links only to existing files and headings", () => {
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
    // As GitHub makes them.
    const anchorsOf = (path: string) =>
      [...readFileSync(path, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
        heading
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s_-]/gu, "")
          .replaceAll(" ", "-"),
      );
    const broken = pages.flatMap((page) =>
      [...readFileSync(join(root, page), "utf8").matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?/g)]
        .filter(([, target = "", anchor]) => {
          const path = target === "" ? join(root, page) : join(root, dirname(page), target);
          return !existsSync(path) || (anchor !== undefined && !anchorsOf(path).includes(anchor));
        })
        .map(([link]) => `${page}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it("quotes the server's own messages as the program has them", () => {
    const page = readFileSync(join(root, "docs/troubleshooting.md"), "utf8");
    const start = page.slice(
      page.indexOf("## The server does not start"),
      page.indexOf("## Sign-up and sign-in"),
    );
    // The first column. Elsewhere on the page it has the messages of clients, too.
    const quoted = (text: string) =>
      [...text.matchAll(/^\| (.*?) \| /gm)].flatMap(([, cell = ""]) =>
        [...cell.matchAll(/`([^`]+)`/g)].map(([, message = ""]) => message),
      );
    const messages = [
      ...quoted(start).filter((message) => !message.startsWith("Cannot find module")),
      ...quoted(page).flatMap((message) => /^\w+Exception: (.+)/.exec(message)?.[1] ?? []),
    ];
    expect(messages.length).toBeGreaterThan(20);
    const sources = globSync(["src/**/*.ts", "bin/*.mjs"], { cwd: root })
      .filter((file) => !file.endsWith(".test.ts"))
      .map((file) => readFileSync(join(root, file), "utf8"))
      .join("\n");
    // What a message says of the case (names, numbers, what "…" stands for) is not in the sources.
    const parts = (message: string) =>
      message.split(/…|"|\d+|COGNATE_\w+|\/[\w.-]+|--?[\w-]+/).map((part) => part.trim());
    const unknown = messages.flatMap(parts).filter((part) => part.length > 6 && !sources.includes(part));
    expect(unknown).toEqual([]);
  });
});

describe("the two READMEs", () => {
  const english = readFileSync(join(root, "README.md"), "utf8");
  const japanese = readFileSync(join(root, "README.ja.md"), "utf8");
  const blocks = (text: string) =>
    [...text.matchAll(/^```(?:sh|js)\n([\s\S]*?)^```$/gm)].map(([, code = ""]) =>
      code.replace(/ +(#|\/\/) .*$/gm, ""),
    );

  it("have the same sections and the same code", () => {
    const levels = (text: string) => [...text.matchAll(/^(#+) /gm)].map(([, level]) => level);
    expect(levels(japanese)).toEqual(levels(english));
    expect(blocks(japanese)).toEqual(blocks(english));
  });

  it("show how aws-jwt-verify verifies a token over HTTP", async () => {
    const code = blocks(english).find((block) => block.includes("cacheJwks")) ?? "";
    const server = await createServer({ demo: true });
    const cognito = new CognitoIdentityProviderClient({
      endpoint: server.url,
      region: "us-east-1",
      credentials: server.administrator,
    });
    const UserPoolId = "us-east-1_DemoPool1";
    const user = { UserPoolId, Username: "taro@example.com" };
    await createConfirmedUser(cognito, { ...user, Password: "Permanent-1" });
    const { AuthenticationResult } = await cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId: "demoappclient0000000000001",
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: user.Username, PASSWORD: "Permanent-1" },
      }),
    );
    const body = code.replace(/^import .*$/m, "").replaceAll("http://127.0.0.1:9229", server.url);
    const run = new Function(
      "JwtVerifier",
      "accessToken",
      `return (async () => {${body}; return claims; })()`,
    );
    expect(await run(JwtVerifier, AuthenticationResult?.AccessToken)).toMatchObject({ token_use: "access" });
    cognito.destroy();
    await server.stop();
  });
});
