import type { Messages } from "../messages.ts";

export const navigation: Messages["navigation"] = {
  product: "Cognate",
  trail: "現在の場所",
  userPools: "ユーザープール",
  overview: "概要",
  applications: "アプリケーション",
  appClients: "アプリケーションクライアント",
  userManagement: "ユーザー管理",
  users: "ユーザー",
  groups: "グループ",
  authentication: "認証",
  authenticationMethods: "認証方法",
  signIn: "サインイン",
  signUp: "サインアップ",
  branding: "ブランディング",
  messageTemplates: "メッセージテンプレート",
  settings: "設定",
  tools: "ツール",
  tryIt: "サインインを試す",
  tokenDecoder: "トークンデコーダー",
  activity: "アクティビティ",
  inbox: "受信トレイ",
  clock: "時計",
  iam: "IAM",
  iamUsers: "IAM ユーザー",
  iamRoles: "IAM ロール",
};

export const topBar: Messages["topBar"] = {
  account: (name) => `アカウント: ${name}`,
  appearance: "外観",
  appearances: { system: "システムに合わせる", light: "ライト", dark: "ダーク" },
  language: "言語",
  preferences: "設定",
  region: "リージョン",
  signInAsOther: "別のユーザーとしてサインイン",
  signOut: "サインアウト",
};

export const signInPage: Messages["signInPage"] = {
  title: "サインイン",
  description: "このサーバーの IAM ユーザーでサインインします。",
  expired: "セッションが終了しました。続けるには、もう一度サインインしてください。",
  way: "サインイン方法",
  byPassword: "パスワード",
  byAccessKey: "アクセスキー",
  userName: "IAM ユーザー名",
  password: "パスワード",
  accessKeyId: "アクセスキー ID",
  secretAccessKey: "シークレットアクセスキー",
  submit: "サインイン",
  noPasswordTitle: "パスワードをお持ちでない場合",
  noPassword:
    "管理者は、AWS CLI またはこのコンソールのユーザーのページで IAM ユーザーにパスワードを設定できます。",
};
