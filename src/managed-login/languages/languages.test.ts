import { describe, expect, it } from "vitest";
import { en } from "./en.ts";
import { languages } from "./index.ts";
import { ja } from "./ja.ts";

type Leaf = readonly [path: string, value: unknown];

function leaves(value: unknown, path = ""): readonly Leaf[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([name, member]) => leaves(member, `${path}/${name}`));
}

/** The arguments that a text with placeholders shows. */
function shownPlaceholders(text: unknown): readonly string[] {
  if (typeof text !== "function") return [];
  const given = ["⟦a⟧", "⟦b⟧"];
  const shown: unknown = text.length === 1 && usesList(text) ? text(["email"]) : text(...given);
  return given.filter((placeholder) => JSON.stringify(shown).includes(placeholder));
}

function usesList(text: { toString(): string }): boolean {
  return text.toString().includes(".map(");
}

const others = Object.entries(languages).filter(([code]) => code !== "en");

describe("the languages of the pages", () => {
  it("are the twelve of managed login", () => {
    expect(Object.keys(languages).sort()).toEqual(
      ["de", "en", "es", "fr", "id", "it", "ja", "ko", "nl", "pt-BR", "zh-CN", "zh-TW"].sort(),
    );
  });

  it.each(others)("have in %s every text that English has, and no empty one", (_, texts) => {
    const ofPages = (all: readonly Leaf[]) =>
      all.map(([path]) => path).filter((path) => !/^\/(?:messages|passwordRules)\//.test(path));
    expect(ofPages(leaves(texts))).toEqual(ofPages(leaves(en)));
    for (const [path, text] of leaves(texts)) expect(text, path).toBeTruthy();
  });

  it.each(others)("have in %s the placeholders of English", (_, texts) => {
    const placeholders = (all: readonly Leaf[]) => all.map(([path, text]) => [path, shownPlaceholders(text)]);
    const ofPages = leaves(texts).filter(([, text]) => typeof text === "function");
    expect(placeholders(ofPages)).toEqual(
      placeholders(leaves(en).filter(([, text]) => typeof text === "function")),
    );
  });

  it.each(others)("translate every message in %s that is translated into Japanese", (_, texts) => {
    expect(Object.keys(texts.messages)).toEqual(Object.keys(ja.messages));
    expect(Object.keys(texts.passwordRules)).toEqual(Object.keys(ja.passwordRules));
  });

  it("have own English wording only for messages that are translated", () => {
    expect(Object.keys(ja.messages)).toEqual(expect.arrayContaining(Object.keys(en.messages)));
    expect(Object.keys(en.passwordRules)).toEqual(Object.keys(ja.passwordRules));
  });

  it.each([
    ["fr", "a plain space before ? ! : or ;", / [?!:;]/],
    ["fr", "a straight apostrophe", /\p{L}'\p{L}/u],
    ["it", "a straight apostrophe", /\p{L}'\p{L}/u],
    ["es", "a question without ¿", /^[^¿]*\?/],
    [
      "ja",
      "half-width punctuation after Japanese",
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][,.?!:;]/u,
    ],
    ["zh-CN", "half-width punctuation after Chinese", /\p{Script=Han}[,.?!:;]/u],
    ["zh-TW", "half-width punctuation after Chinese", /\p{Script=Han}[,.?!:;]/u],
    [
      "zh-CN",
      "a Latin word next to Chinese without a space",
      /\p{Script=Han}[A-Za-z]|[A-Za-z]\p{Script=Han}/u,
    ],
    [
      "zh-TW",
      "a Latin word next to Chinese without a space",
      /\p{Script=Han}[A-Za-z]|[A-Za-z]\p{Script=Han}/u,
    ],
    ["ko", "full-width punctuation", /[，。？！：]/],
    ["de", "an informal form of address", /(?<!\p{L})(?:du|dein|deine[mnrs]?|dich|dir)(?!\p{L})/iu],
    ["fr", "an informal form of address", /(?<!\p{L})(?:tu|ton|ta|tes|toi)(?!\p{L})/iu],
    ["es", "an informal form of address", /(?<!\p{L})(?:tu|tus|tú|te|ti)(?!\p{L})/iu],
    ["it", "a formal form of address", /(?<!\p{L})(?:Lei|Suo|Sua|Suoi)(?!\p{L})/u],
    ["nl", "an informal form of address", /(?<!\p{L})(?:je|jij|jou|jouw|jullie)(?!\p{L})/iu],
    ["pt-BR", "an informal form of address", /(?<!\p{L})(?:tu|teu|tua|te)(?!\p{L})/iu],
    ["id", "an informal form of address", /(?<!\p{L})(?:kamu|kau)(?!\p{L})/iu],
  ] as const)("have no text in %s with %s", (code, _, pattern) => {
    const texts = leaves(languages[code]).flatMap(([path, text]) => {
      if (typeof text === "string") return [[path, text]];
      if (typeof text !== "function") return [];
      return [
        [path, [text.length === 1 && usesList(text) ? text(["email"]) : text("⟦a⟧", "⟦b⟧")].flat().join("")],
      ];
    });
    expect(texts.filter(([, text = ""]) => pattern.test(text))).toEqual([]);
  });

  it.each(others)("have no English sentence in %s", (_, texts) => {
    const english = new Map(leaves(en));
    const same = leaves(texts).filter(
      ([path, text]) => typeof text === "string" && text === english.get(path) && text.includes(" "),
    );
    expect(same).toEqual([]);
  });

  it.each([
    ["en", "Username, email, or phone number"],
    ["de", "Benutzername, E-Mail-Adresse oder Telefonnummer"],
    ["ja", "ユーザー名、メールアドレス、または電話番号"],
    ["zh-CN", "用户名、电子邮件地址或电话号码"],
  ])("have in %s three names to sign in with as one phrase: %s", (code, phrase) => {
    expect(languages[code]?.fields.usernameOr(["email", "phone_number"])).toBe(phrase);
  });

  it.each(others)("have a valid language tag for %s", (code, { tag }) => expect(tag).toBe(code));
});
