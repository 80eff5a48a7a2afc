import type { Messages } from "../messages.ts";

export const recommendations: Messages["recommendations"] = {
  title: "レコメンデーション",
  description: "このユーザープールで次に設定できる項目です。",
  setUpApp: (name) => `アプリケーションをセットアップ: ${name}`,
  items: {
    setUpApp: {
      title: "アプリケーションをセットアップ",
      hint: "アプリケーションクライアントの ID が入ったサンプルコードを確認できます。",
    },
    createClient: {
      title: "アプリケーションクライアントを作成",
      hint: "アプリケーションは、アプリケーションクライアントを通じてユーザーをサインインさせます。",
    },
    branding: {
      title: "マネージドログインページにブランディングを適用",
      hint: "サインインページの色、ロゴ、背景をブランディングエディタで設定できます。",
    },
    domain: {
      title: "ドメインを追加",
      hint: "マネージドログインと外部プロバイダーでのサインインに使用するアドレスです。",
    },
    passkeys: {
      title: "パスキーでのサインインを許可",
      hint: "パスワードの代わりに、指紋、顔、または PIN でサインインできます。",
    },
    mfa: {
      title: "多要素認証を設定",
      hint: "パスワードに加えて、アプリケーション、SMS、または E メールのコードを要求します。",
    },
    threatProtection: {
      title: "脅威保護を有効化",
      hint: "サインインのリスクを評価し、サインイン数の推移をこのページに表示します。",
    },
    deletionProtection: {
      title: "削除保護をアクティブ化",
      hint: "ユーザープールが誤って削除されるのを防ぎます。",
    },
  },
};
