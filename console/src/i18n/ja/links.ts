import type { Messages } from "../messages.ts";

export const providerLevels: Messages["providerLevels"] = {
  title: "認証レベル",
  description:
    "ユーザープールの各認証レベルに対応する、プロバイダー側の acr の値です。値がないレベルはプロバイダーに要求されません。",
  valueOf: (level) => `${level}: プロバイダー側の値`,
  mapping: "認証レベル",
};

export const identityLinks: Messages["identityLinks"] = {
  linkBy: "ID の照合方法",
  bySubject: "プロバイダーでのユーザー ID",
  attributeValue: (attribute) => `${attribute} の値`,
  attributeHint:
    "マッピングされた属性がこの値と一致する ID が、このユーザーとしてサインインします。まだサインインしていない ID に限ります。",
  linkedBy: "照合方法",
  notUsedYet: (attribute) => `${attribute} (初回のサインインまで)`,
};
