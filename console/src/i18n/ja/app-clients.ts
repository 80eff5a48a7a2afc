import type { Messages } from "../messages.ts";

const unitNames = { seconds: "秒", minutes: "分", hours: "時間", days: "日" };

export const appClients: Messages["appClients"] = {
  one: "アプリケーションクライアント",
  title: "アプリケーションクライアント",
  description: "アプリケーションは、アプリケーションクライアントを通じてユーザープールを利用します。",
  create: "アプリケーションクライアントを作成",
  createDescription: "どのアプリケーションが、どのようにユーザーをサインインさせるかを決めます。",
  created: (name) => `アプリケーションクライアント「${name}」が正常に作成されました。`,
  edit: "アプリケーションクライアントを編集",
  saved: (name) => `アプリケーションクライアント「${name}」が更新されました。`,
  find: "名前または ID でアプリケーションクライアントを検索",
  none: "アプリケーションクライアントがありません",
  noneHint: "ユーザーをサインインさせるアプリケーションごとに作成してください。",
  define: "アプリケーションを定義",
  applicationType: "アプリケーションタイプ",
  types: {
    web: {
      label: "従来のウェブアプリケーション",
      description: "クライアントシークレットを安全に保管できる独自のサーバーで動作します。",
    },
    spa: {
      label: "シングルページアプリケーション (SPA)",
      description: "シークレットを保管できないブラウザで動作します。",
    },
    mobile: {
      label: "モバイルアプリ",
      description: "シークレットを保管できないユーザーのデバイスで動作します。",
    },
    machine: {
      label: "マシンツーマシンアプリケーション",
      description:
        "ユーザーはなく、クライアントシークレットを使ってアプリケーション自身のトークンを取得します。",
    },
  },
  name: "アプリケーションクライアント名",
  id: "クライアント ID",
  information: "アプリケーションクライアントに関する情報",
  secret: "クライアントシークレット",
  noSecret: "なし",
  generateSecret: "クライアントシークレットを生成する",
  generateSecretHint: "クライアントシークレットの有無は、後で変更することはできません。",
  authFlows: "認証フロー",
  noFlows: "1 つ以上選択してください。何も選択しない場合、Cognito はデフォルトのフローを許可します。",
  authFlowsHint: "このアプリケーションクライアントで許可するサインイン方法を選択します。",
  flows: {
    ALLOW_USER_AUTH: "選択ベースのサインイン",
    ALLOW_USER_PASSWORD_AUTH: "ユーザー名とパスワードを使用してサインイン",
    ALLOW_USER_SRP_AUTH: "セキュアリモートパスワード (SRP) を使用してサインイン",
    ALLOW_ADMIN_USER_PASSWORD_AUTH: "サーバー側の管理者認証情報を使用してサインイン",
    ALLOW_CUSTOM_AUTH: "Lambda トリガーからのカスタム認証フローを使用してサインイン",
    ALLOW_REFRESH_TOKEN_AUTH: "既存の認証済みセッションから新しいユーザートークンを取得",
  },
  sessionDuration: "認証フローセッションの持続期間",
  sessionRule: "3～15 の整数 (分) を入力してください。",
  lifetimesTitle: "トークンの有効期限",
  lifetimes: {
    refresh: "更新トークンの有効期限",
    access: "アクセストークンの有効期限",
    id: "ID トークンの有効期限",
  },
  lifetimeRules: {
    refresh: "60 分～10 年。",
    access: "5 分～1 日。更新トークンの有効期限を超えることはできません。",
    id: "5 分～1 日。更新トークンの有効期限を超えることはできません。",
  },
  lifetimeFaults: {
    outOfRange: "下記の範囲内の時間を入力してください。",
    longerThanRefresh: "更新トークンの有効期限を超えることはできません。",
  },
  units: unitNames,
  unitOf: (what) => `${what}の単位`,
  duration: (value, unit) => `${value} ${unitNames[unit]}`,
  advanced: "高度な認証設定",
  revocation: "トークンの取り消しを有効化",
  revocationHint: "更新トークンと、そのアクセストークンを取り消すことができます。",
  existenceErrors: "ユーザー存在エラーの防止",
  existenceErrorsHint: "サインインに失敗しても、ユーザーが存在するかどうかを知らせません。",
  rotation: "更新トークンのローテーション",
  rotationHint: "更新のたびに新しい更新トークンが発行され、以前の更新トークンは使用できなくなります。",
  rotationExcludes:
    "ローテーションは ALLOW_REFRESH_TOKEN_AUTH フローと併用できません。上でこのフローの選択を解除してください。アプリケーションは GetTokensFromRefreshToken と /oauth2/token で更新します。",
  userContext: "追加のユーザーコンテキストデータを受け入れる",
  userContextHint:
    "脅威保護は、アプリケーションが送信する IP アドレス (UserContextData.IpAddress) を使用します。クライアントシークレットが必要です。",
  gracePeriod: "猶予期間",
  graceRule: "以前の更新トークンを引き続き使用できる時間を、0～60 の整数 (秒) で入力してください。",
  quickSetup: "クイックセットアップガイド",
  tryIt: "サインインを試す",
  attributePermissions: "属性のアクセス許可",
  attributePermissionsHint:
    "このアプリケーションクライアントが、ユーザーのアクセストークンを使用して読み取りまたは書き込みできる属性を設定します。",
  editPermissions: "属性の読み取りおよび書き込み許可を編集",
  attribute: "属性",
  read: "読み取り",
  write: "書き込み",
  readWhat: (name) => `${name} の読み取り`,
  writeWhat: (name) => `${name} の書き込み`,
  secrets: "クライアントシークレット",
  secretsDescription: "2 つ目のシークレットを追加すると、中断なく 1 つ目を置き換えることができます。",
  secretId: "シークレット ID",
  noSecrets: "クライアントシークレットがありません",
  addSecret: "クライアントシークレットを追加",
  addSecretQuestion: "新しいシークレットを生成します。どちらかを削除するまで、両方を使用できます。",
  mostSecrets: "シークレットは 2 つまでです。先に 1 つ削除してください。",
  secretAdded: "クライアントシークレットが追加されました",
  secretAddedHint:
    "現在、両方のシークレットを使用できます。アプリケーションを新しいシークレットに切り替えてから、古いシークレットを削除してください。",
  deleteSecret: "クライアントシークレットを削除",
  deleteSecretWarning:
    "このシークレットを使用しているアプリケーションは、ユーザーをサインインさせることができなくなります。",
  secretDeleted: "クライアントシークレットが削除されました。",
  deleteTitle: "アプリケーションクライアントを削除",
  deleteWarning: (name) =>
    `「${name}」は、シークレットと設定とともに完全に削除されます。このアプリケーションクライアントを使用するアプリケーションは、ユーザーをサインインさせることができなくなります。`,
  deleted: (name) => `アプリケーションクライアント「${name}」が正常に削除されました。`,
};

export const setUp: Messages["setUp"] = {
  title: "アプリケーションをセットアップ",
  description: (name) =>
    `「${name}」のコードです。このユーザープールの ID とこのサーバーのアドレスが入っています。`,
  toOverview: "概要に移動",
  platform: "開発プラットフォーム",
  type: "アプリケーションタイプ",
  types: { web: "ウェブアプリケーション", spa: "SPA", mobile: "モバイルアプリ", machine: "マシンツーマシン" },
  needsHost: (host) =>
    `iOS と Android の Amplify は、ホスト名のポート 443 に HTTPS で接続し、ほかのアドレスは受け付けません。証明書を持つプロキシからこのサーバーに転送してください。設定のホスト名は ${host} です。`,
  hints: {
    web: "ログインページでユーザーをサインインさせ、セッションに保持します。",
    spa: "ログインページでユーザーをサインインさせます。トークンはブラウザに保持されます。",
    mobile: "アプリケーションの画面から SRP でユーザーをサインインさせます。",
    machine: "アプリケーション自身のアクセストークンを取得します。",
  },
  needsReturnUrl: (url) =>
    `ログインページにはアプリケーションのリターン URL が必要ですが、このアプリケーションクライアントにはまだありません。以下のコードでは ${url} を使用しています。`,
  addReturnUrl: "ログインページを編集",
  steps: {
    install: "準備",
    configuration: "設定",
    secret: "クライアントシークレットをプログラムに渡す",
    code: "アプリケーションに追加",
    app: "アプリケーション",
    run: "起動",
  },
};
