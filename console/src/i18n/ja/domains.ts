import type { Messages } from "../messages.ts";

export const domains: Messages["domains"] = {
  title: "ドメイン",
  description: "このユーザープールのログインページと OAuth 2.0 エンドポイントのアドレスを設定します。",
  kinds: { prefix: "Cognito ドメイン", custom: "カスタムドメイン" },
  descriptions: {
    prefix: "任意のプレフィックスを指定します。このマシンのブラウザからは localhost の下でアクセスできます。",
    custom:
      "このサーバーを指す独自のドメイン名を指定します。ブラウザでパスキーを使用するには、HTTPS が必要です。",
  },
  create: { prefix: "Cognito ドメインを作成", custom: "カスタムドメインを作成" },
  none: { prefix: "Cognito ドメインがありません", custom: "カスタムドメインがありません" },
  names: { prefix: "ドメインプレフィックス", custom: "カスタムドメイン名" },
  rules: {
    prefix:
      "1～63 文字の小文字、数字、ハイフン (先頭と末尾を除く) を使用できます。aws、amazon、cognito は予約語です。",
    custom: "63 文字以内の完全なドメイン名を入力してください (例: auth.example.com)。",
  },
  domain: "ドメイン",
  address: "このサーバーでのアドレス",
  certificate: "ACM 証明書の ARN",
  certificateHint:
    "Cognito で必須の項目です。このサーバーは独自の TLS 設定を使用し、この証明書は読み取らないため、この形式の ARN であれば何でもかまいません。",
  certificateFault: "ACM 証明書の ARN を入力してください。",
  version: "ブランディングバージョン",
  versions: {
    1: { label: "ホストされた UI (クラシック)", description: "Cognito の初代のページです。" },
    2: { label: "マネージドログイン", description: "ブランディングエディタのスタイルを使用するページです。" },
  },
  created: (name) => `ドメイン「${name}」が作成されました。`,
  saved: (name) => `ドメイン「${name}」が更新されました。`,
  deleted: (name) => `ドメイン「${name}」が削除されました。`,
  deleteWhat: (what) => `削除: ${what}`,
  deleteWarning: "このドメインを使用するアプリケーションは、ログインページにアクセスできなくなります。",
};

export const resourceServers: Messages["resourceServers"] = {
  title: "リソースサーバー",
  description: "独自のスコープを持つ API です。アプリケーションクライアントがスコープを要求できます。",
  create: "リソースサーバーを作成",
  edit: "リソースサーバーを編集",
  name: "リソースサーバー名",
  nameFault: "1～256 文字の英数字、スペース、+ = , . @ - を使用してください。",
  identifier: "リソースサーバー識別子",
  identifierHint: "通常は API のアドレスです。後から変更することはできません。",
  identifierFault: "スペース、引用符、バックスラッシュを除く 1～256 文字の印字可能文字を使用してください。",
  scopes: "スコープ",
  customScopes: "カスタムスコープ",
  scopeName: "スコープ名",
  scopeDescription: "説明",
  scopeFault: "スペースとスラッシュを除く印字可能文字を使用してください。",
  scopeTwice: "このスコープはすでに存在します。",
  addScope: "カスタムスコープを追加",
  removeScope: "削除",
  noScopes: "カスタムスコープがありません",
  none: "リソースサーバーがありません",
  noneHint: "アクセストークンのスコープを確認する API ごとに作成してください。",
  created: (name) => `リソースサーバー「${name}」が作成されました。`,
  saved: (name) => `リソースサーバー「${name}」が更新されました。`,
  deleted: (name) => `リソースサーバー「${name}」が削除されました。`,
  deleteWhat: (name) => `削除: ${name}`,
  deleteWarning:
    "アプリケーションクライアントは、このスコープを取得できなくなります。スコープを使用するアプリケーションクライアントの設定は、ログインページからスコープを削除した後に変更できます。",
};

export const oauthRequests: Messages["oauthRequests"] = {
  title: "OAuth 2.0 リクエスト",
  description: "ログインページでユーザーをサインインさせるアプリケーションのリクエストです (PKCE を使用)。",
  none: "付与タイプがありません",
  noneHint: "先に「ログインページ」タブで付与タイプを有効にしてください。",
  redirectUri: "コールバック URL",
  responseType: "レスポンスタイプ",
  scopes: "要求するスコープ",
  state: "state",
  stateHint: "アプリケーションは、この値が変更されずに戻ることを確認します。",
  authorize: "認可リクエスト",
  open: "ログインページを表示",
  openHint: "ログインページを表示 (新しいタブで開きます)",
  token: "トークンリクエスト",
  tokenHint:
    "CODE をコールバックで受け取ったコードに置き換え、シークレットがある場合は CLIENT_SECRET に設定してください。",
  logoutUri: "サインアウト URL",
  logout: "ログアウトリクエスト",
  clientCredentials: "クライアント認証情報によるトークンリクエスト",
};
