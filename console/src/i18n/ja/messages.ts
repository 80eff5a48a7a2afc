import type { Messages } from "../messages.ts";

export const signInMessage: Messages["signInMessage"] = {
  title: "MFA メッセージ",
  hint: "2 つ目の要素、またはパスワードなしのサインインのコードを送信します。",
  noEmail: "使用されません (このユーザープールでは E メールが 2 つ目の要素ではありません)",
  saved: "MFA メッセージが更新されました。",
};

export const verificationLink: Messages["verificationLink"] = {
  title: "サインアップの検証タイプ",
  hint: "ユーザーはサインアップや新しい E メールアドレスを、コードまたはリンクで確認します。SMS には常にコードが入ります。",
  type: "検証タイプ",
  types: {
    code: { label: "コード", description: "ユーザーがアプリにコードを入力します。" },
    link: { label: "リンク", description: "ユーザーが E メールのリンクを開きます。" },
  },
  rule: "{##文字列##} はリンクに置き換えられます。",
  fault: "{##文字列##} を含む 6～20,000 文字のメッセージを入力してください。",
  saved: "検証タイプが更新されました。",
};

export const messagePreview: Messages["messagePreview"] = {
  title: "プレビュー",
  description:
    "サンプルの値を入れたメッセージを表示します。CustomMessage トリガーで変更される場合があります。",
  email: "E メール",
  sms: "SMS",
};
