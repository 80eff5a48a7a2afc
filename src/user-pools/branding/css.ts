/**
 * The style sheet of the classic hosted pages: which of it can be set.
 *
 * @see Developer Guide, "Customizing the hosted UI (classic) branding"
 */
import { InvalidParameterException } from "../../api-model/index.ts";

const ALLOWED_CLASSES: ReadonlySet<string> = new Set(
  "background banner errorMessage idpButton idpDescription inputField label legalText logo passwordCheck-valid passwordCheck-notValid redirect socialButton submitButton textDescription"
    .split(" ")
    .map((name) => `${name}-customizable`),
);

const PSEUDO_CLASSES = /:(?:hover|focus|active|disabled|visited)$/;

/**
 * In one expression, because each of the two may hold what looks like the other. A line break of any kind ends a string, as in CSS
 * Syntax §4.3.5. A comment without an end is taken to the end of the sheet: to look for an end from each of many beginnings would
 * take a time that grows with the square of the length.
 */
const STRING_OR_COMMENT = /"[^"\n\r\f]*"|'[^'\n\r\f]*'|\/\*[\s\S]*?(\*\/|$)/g;

/** Functions that load something, or did in some browser. */
const LOADING = /\b(?:url|src|image|image-set|cross-fade|element|paint|expression)\s*\(|javascript:/i;

/**
 * Refuses a style sheet that styles anything but the known classes, or that could load or run something.
 *
 * @throws InvalidParameterException
 */
export function checkCss(css: string): void {
  const sheet = css.replace(STRING_OR_COMMENT, (part, endOfComment?: string) => {
    if (endOfComment === undefined) return '""';
    return endOfComment === "" ? part : "";
  });
  // The texts of these are ours.
  if (/@/.test(sheet)) throw new InvalidParameterException("The CSS must not have rules that begin with @.");
  // In comments and strings too: the sheet is put into a page, where `</style` would end it.
  if (/[<\\]/.test(css) || LOADING.test(sheet)) {
    throw new InvalidParameterException("The CSS must not load or run anything.");
  }
  const blocks = sheet.split("}");
  const rest = blocks.pop() ?? "";
  const hasOpenComment = sheet.includes("/*");
  if (hasOpenComment || rest.trim() !== "" || blocks.some((block) => block.split("{").length !== 2)) {
    throw new InvalidParameterException("The CSS cannot be read.");
  }
  for (const block of blocks)
    for (const selector of (block.split("{")[0] ?? "").split(",")) checkSelector(selector);
}

function checkSelector(selector: string): void {
  const name = selector.trim().replace(PSEUDO_CLASSES, "");
  const className = name.replace(/^\./, "");
  if (name.startsWith(".") && ALLOWED_CLASSES.has(className)) return;
  throw new InvalidParameterException(`The CSS class ${className} is not in the list of allowed classes.`);
}

/** Whether {@link checkCss} lets it pass. */
export function isAllowedCss(css: string): boolean {
  try {
    checkCss(css);
    return true;
  } catch {
    return false;
  }
}
