/** The images of a managed login style. */
import { type AssetType, InvalidParameterException } from "../../api-model/index.ts";
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
  if (Extension === "SVG" && !(await isHarmlessSvg(Buffer.from(Bytes).toString("utf8")))) {
    return "The SVG is malformed or has elements or attributes that are not allowed.";
  }
  return undefined;
}

const FORBIDDEN_ELEMENTS: ReadonlySet<string> = new Set(
  "script image foreignobject iframe object embed a animate set handler style".split(" "),
);

/** Draws shapes and text, and neither runs nor loads anything. */
async function isHarmlessSvg(text: string): Promise<boolean> {
  // Character references are resolved too, because they could hide the letters of `url(`.
  const document = await readXml(text, { htmlEntities: true });
  if (document === undefined) return false;
  const { "?xml": _, ...roots } = document;
  return Object.keys(roots).length === 1 && "svg" in roots && isHarmless(roots);
}

function isHarmless(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isHarmless);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([name, member]) =>
    name.startsWith("@")
      ? isHarmlessAttribute(name.slice(1).toLowerCase(), String(member))
      : !FORBIDDEN_ELEMENTS.has(name.toLowerCase()) && isHarmless(member),
  );
}

/** What runs or loads something from an attribute, besides `url()`. A backslash can hide it. */
const LOADING = /javascript:|data:|\\|\b(?:src|image|image-set)\s*\(/i;
const URL_FUNCTION = /url\s*\(/gi;
/** No part takes what another could, so that the time is linear in the length. */
const PART_OF_IMAGE = /\s*(?:["']\s*)?#/y;

function isHarmlessAttribute(name: string, value: string): boolean {
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
