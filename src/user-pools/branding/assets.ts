/** The images of a managed login style. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { type AssetType, InvalidParameterException } from "../../api-model/index.ts";
import { isJsonObject, type JsonObject } from "../../json.ts";
import { readXml } from "../../xml.ts";
import { extensionsOf } from "./asset-extensions.ts";

/**
 * Refuses images of a kind that their place does not take, and SVG that does more than draw.
 *
 * @throws InvalidParameterException the sentence was recorded in September 2026, the messages in it are ours
 */
export async function checkAssets(assets: readonly AssetType[]): Promise<void> {
  const faults: string[] = [];
  for (const asset of assets) {
    const problem = await problemWith(asset);
    if (problem === undefined) continue;
    const { Category, Extension, ColorMode } = asset;
    faults.push(
      `{category: ${Category}, extension: ${Extension}, colorMode: ${ColorMode}, errorMessage: ${problem}}`,
    );
  }
  if (faults.length === 0) return;
  throw new InvalidParameterException(`Invalid assets provided. Validation errors: [${faults.join(", ")}]`);
}

async function problemWith({
  Category,
  Extension,
  Bytes,
  ResourceId,
}: AssetType): Promise<string | undefined> {
  const allowed = extensionsOf(Category);
  if (!allowed.includes(Extension)) return `The extension must be one of ${allowed.join(", ")}.`;
  if (Bytes === undefined) return ResourceId === undefined ? "The asset needs Bytes." : undefined;
  if (Extension !== "SVG") return undefined;
  // Checking one takes up to a tenth of a second, and a request can have forty: others are answered in between.
  await nextTurn();
  return problemWithSvg(Buffer.from(Bytes).toString("utf8"));
}

const FORBIDDEN_ELEMENTS: ReadonlySet<string> = new Set(
  "script image foreignobject iframe object embed a animate set handler style".split(" "),
);

/** The namespace of HTML, whose elements could load something by other attributes, such as `srcset`. */
const XHTML = "http://www.w3.org/1999/xhtml";

/** It must draw shapes and text, and neither run nor load anything. */
async function problemWithSvg(text: string): Promise<string | undefined> {
  const document = await readXml(text, {
    // Character references are resolved too, because they could hide the letters of `url(`.
    htmlEntities: true,
    // Without its prefix an attribute would replace the one of the same local name, which would then not be checked.
    removeNSPrefix: false,
  });
  if (document === "too large") return "The SVG has too many elements or attributes.";
  return document !== "malformed" && isHarmlessSvg(document)
    ? undefined
    : "The SVG is malformed or has elements or attributes that are not allowed.";
}

function isHarmlessSvg({ "?xml": _, ...roots }: JsonObject): boolean {
  const [name = "", ...others] = Object.keys(roots);
  return others.length === 0 && localName(name) === "svg" && isHarmless(roots);
}

function isHarmless(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isHarmless);
  if (!isJsonObject(value)) return true;
  return Object.entries(value).every(([name, member]) => {
    if (name === "@") return !isJsonObject(member) || Object.entries(member).every(isHarmlessAttribute);
    return !FORBIDDEN_ELEMENTS.has(localName(name).toLowerCase()) && isHarmless(member);
  });
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1);
}

/** What runs or loads something from an attribute, besides `url()`. A backslash can hide it. */
const LOADING = /javascript:|data:|\\|\b(?:src|image|image-set)\s*\(/i;
const URL_FUNCTION = /url\s*\(/gi;
/** No part takes what another could, so that the time is linear in the length. */
const PART_OF_IMAGE = /\s*(?:["']\s*)?#/y;

function isHarmlessAttribute([qualifiedName, member]: readonly [string, unknown]): boolean {
  const value = String(member);
  if (/^xmlns(?::|$)/.test(qualifiedName)) return value !== XHTML;
  const name = localName(qualifiedName).toLowerCase();
  if (name.startsWith("on")) return false;
  if (name === "href" || name === "src") return value.startsWith("#");
  return !LOADING.test(value) && namesPartsAlone(value);
}

/** Whether each `url()` is of a part of the image itself. */
function namesPartsAlone(value: string): boolean {
  for (const { 0: text, index } of value.matchAll(URL_FUNCTION)) {
    PART_OF_IMAGE.lastIndex = index + text.length;
    if (!PART_OF_IMAGE.test(value)) return false;
  }
  return true;
}
