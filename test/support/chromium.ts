/**
 * Where Chromium is: the one of the npm package @sparticuz/chromium or, where that does not run, the machine's own.
 *
 * The packaged one is built without the browser's own windows, and opens a page in a quarter of the time.
 */
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { extract } from "tar";
import { resolveBinary } from "./binaries.ts";
import { onPath } from "./on-path.ts";

export interface Chromium {
  readonly executablePath: string;
  /** The environment to start it in. */
  readonly env: NodeJS.ProcessEnv;
}

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

export async function findChromium(): Promise<Chromium> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    const own = NAMES.map(onPath).find((file) => file !== undefined) ?? APPLICATIONS.find(existsSync);
    if (own !== undefined) return { executablePath: own, env: process.env };
    throw new Error("The tests of the console need Chromium or Chrome on this machine.");
  }
  const folder = await unpacked();
  return {
    executablePath: join(folder, "chromium"),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [join(folder, "al2023", "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":"),
      FONTCONFIG_FILE: join(folder, "fonts", "fonts.conf"),
    },
  };
}

/** @returns the folder with the packaged browser, its libraries and fonts */
async function unpacked(): Promise<string> {
  const root = dirname(dirname(resolveBinary("@sparticuz/chromium")));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const cache = resolve("node_modules/.cache");
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const partial = mkdtempSync(join(cache, "unpacking-"));
  const packed = (name: string) => createReadStream(join(root, "bin", name)).pipe(createBrotliDecompress());
  await pipeline(packed("chromium.br"), createWriteStream(join(partial, "chromium")));
  chmodSync(join(partial, "chromium"), 0o755);
  // The graphics libraries are looked for beside the browser.
  for (const [name, into] of [
    ["swiftshader", "."],
    ["al2023", "al2023"],
    ["fonts", "fonts"],
  ] as const) {
    const target = join(partial, into);
    mkdirSync(target, { recursive: true });
    await pipeline(packed(`${name}.tar.br`), extract({ cwd: target }));
  }
  // The packaged one names folders of AWS Lambda. Without any font the browser crashes; the machine's show more scripts.
  writeFileSync(
    join(partial, "fonts", "fonts.conf"),
    `<?xml version="1.0"?><fontconfig><dir>${join(folder, "fonts")}</dir><dir>/usr/share/fonts</dir><cachedir>${join(folder, "cache")}</cachedir></fontconfig>\n`,
  );
  // Whole or not at all: another test file may be unpacking it too.
  try {
    renameSync(partial, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(partial, { recursive: true });
  }
  return folder;
}
