/**
 * Collects the licences of the packages that are in the bundles, because esbuild keeps only the comments that mark themselves as legal.
 * Vite does the same for the console.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The folder of the package that a file is in. */
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const LICENSE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-]|$)/i;

/**
 * @param {string} file to be written
 * @param {import("esbuild").Metafile[]} metafiles of the bundles
 */
export async function writeThirdPartyLicenses(file, metafiles) {
  const outputs = metafiles.flatMap(({ outputs }) => Object.values(outputs));
  const inputs = outputs.flatMap((output) => Object.entries(output.inputs));
  const folders = new Set(
    inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? (PACKAGE.exec(path) ?? []) : [])),
  );
  const packages = await Promise.all([...folders].sort().map(licenseOf));
  // Many share one text.
  const sections = Map.groupBy(packages, ({ text }) => text);
  await writeFile(
    file,
    [
      "The program contains these packages.",
      ...[...sections].map(([text, those]) => sectionOf(those, text)),
    ].join(`\n\n${"=".repeat(80)}\n\n`),
  );
}

async function licenseOf(folder) {
  const { name, version, license, author } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((each) => LICENSE_FILE.test(each)).sort();
  const texts = await Promise.all(files.map((each) => readFile(join(folder, each), "utf8")));
  // Some packages name a licence and have no text of it.
  const by = texts.length === 0 && author ? `, by ${author.name ?? author}` : "";
  return { head: `${name} ${version}, ${license}${by}`, text: texts.map((text) => text.trim()).join("\n\n") };
}

function sectionOf(packages, text) {
  const heads = [...new Set(packages.map(({ head }) => head))].join("\n");
  return text === "" ? heads : `${heads}\n\n${text}`;
}
