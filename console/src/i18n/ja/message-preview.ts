import type { Messages } from "../messages.ts";

export const messagePreview: Messages["messagePreview"] = {
  title: "プレビュー",
  description:
    "サンプルの値を入れたメッセージを表示します。CustomMessage トリガーで変更される場合があります。",
  email: "E メール",
  sms: "SMS",
};
