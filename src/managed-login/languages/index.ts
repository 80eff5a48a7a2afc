/**
 * The languages of the pages: one file each. Adding one is a file and a line in `languages`.
 *
 * @see Developer Guide, "Managed login localization"
 */
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { id } from "./id.ts";
import { it } from "./it.ts";
import { ja } from "./ja.ts";
import { ko } from "./ko.ts";
import { nl } from "./nl.ts";
import { ptBr } from "./pt-br.ts";
import type { Texts } from "./texts.ts";
import { zhCn } from "./zh-cn.ts";
import { zhTw } from "./zh-tw.ts";

export type { Texts } from "./texts.ts";

/** By the value of the `lang` parameter, in the order in which they are offered. */
export const languages: Readonly<Record<string, Texts>> = {
  en,
  de,
  es,
  fr,
  id,
  it,
  ja,
  ko,
  nl,
  "pt-BR": ptBr,
  "zh-CN": zhCn,
  "zh-TW": zhTw,
};

/** @param code as in the `lang` parameter; in any case */
export function languageCode(code: string | undefined): string | undefined {
  const wanted = code?.toLowerCase();
  return Object.keys(languages).find((known) => known.toLowerCase() === wanted);
}

export function textsOf(code: string | undefined): Texts {
  return languages[languageCode(code) ?? "en"] ?? en;
}

/** How many of a browser's languages are looked at. */
const MAX_PREFERENCES = 20;

/** The language that a browser prefers of those that there are: `pt` is content with `pt-BR`, `de-AT` with `de`. */
export function preferredLanguage(acceptLanguage: string | undefined): string | undefined {
  const ranges = (acceptLanguage ?? "")
    .split(",", MAX_PREFERENCES)
    .map((item) => {
      const [tag = "", ...parameters] = item.split(";").map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
      return { tag: tag.toLowerCase(), weight: weight === undefined ? 1 : Number(weight) || 0 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of ranges) {
    const found = languageCode(tag) ?? bySubtag(tag);
    if (found !== undefined) return found;
  }
  return undefined;
}

function bySubtag(tag: string): string | undefined {
  const [primary = "", ...rest] = tag.split("-");
  if (primary === "zh") {
    const isTraditional = rest.some((subtag) => ["hant", "tw", "hk", "mo"].includes(subtag));
    return languageCode(isTraditional ? "zh-TW" : "zh-CN");
  }
  return Object.keys(languages).find((known) => known.toLowerCase().split("-")[0] === primary);
}
