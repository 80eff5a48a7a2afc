/** An app in a browser: a script that is bundled as apps are, and a page on a server of its own that loads it. */
import { createServer } from "node:http";
import { type BuildOptions, build } from "esbuild";
import { listen } from "./listen.ts";

export interface BrowserApp {
  readonly origin: string;
  /** What the script finds as the global `settings`. */
  settings: object;
  stop(): void;
}

export async function startBrowserApp(
  script: string,
  options: Pick<BuildOptions, "define" | "jsx"> = {},
  port?: number,
): Promise<BrowserApp> {
  const { outputFiles } = await build({
    entryPoints: [script],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    ...options,
  });
  const bundled = outputFiles[0]?.text ?? "";
  const server = createServer((request, response) => {
    const isScript = request.url === "/app.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(
      isScript
        ? bundled
        : `<!doctype html><title>app</title><div id="root"></div><script>settings = ${JSON.stringify(app.settings)}</script><script type="module" src="/app.js"></script>`,
    );
  });
  const app: BrowserApp = {
    origin: `http://localhost:${await listen(server, port)}`,
    settings: {},
    stop: () => server.close(),
  };
  return app;
}
