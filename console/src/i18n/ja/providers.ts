import type { Messages } from "../messages.ts";

export const providers: Messages["providers"] = {
  title: "ソーシャルおよび外部プロバイダー",
  pageDescription:
    "ログインページでユーザーがサインインに使うプロバイダーです。SAML、OpenID Connect、ソーシャルがあります。",
  none: "ID プロバイダーがありません",
  noneHint: "ユーザーは、このユーザープールのアカウントでのみサインインします。",
  find: "プロバイダーを検索",
  name: "プロバイダー名",
  nameHint:
    "このプロバイダーのユーザー名の先頭に付きます。アプリケーションクライアントもこの名前を使います。",
  nameFault: "スペースとアンダースコアを含まない 3～32 文字を入力してください。",
  type: "タイプ",
  types: {
    SAML: "SAML",
    OIDC: "OpenID Connect (OIDC)",
    Google: "Google",
    Facebook: "Facebook",
    LoginWithAmazon: "Login with Amazon",
    SignInWithApple: "Apple でサインイン",
  },
  create: "ID プロバイダーを追加",
  createDescription: "ユーザーがログインページでサインインに使えるプロバイダーです。",
  created: (name) =>
    `ID プロバイダー「${name}」が追加されました。このプロバイダーを使うアプリケーションクライアントで選択してください。`,
  edit: "ID プロバイダーを編集",
  saved: (name) => `ID プロバイダー「${name}」が更新されました。`,
  deleteTitle: "ID プロバイダーを削除",
  deleteQuestion: (name) =>
    `ID プロバイダー「${name}」は、設定とシークレットとともに完全に削除されます。ユーザーは残りますが、サインインできなくなります。このプロバイダーを使用するアプリケーションクライアントの設定は、ログインページから削除した後に変更できます。`,
  deleted: (name) => `ID プロバイダー「${name}」が削除されました。`,
  information: "プロバイダーの情報",
  details: {
    client_id: "クライアント ID",
    client_secret: "クライアントシークレット",
    authorize_scopes: "許可されたスコープ",
    api_version: "API バージョン",
    team_id: "チーム ID",
    key_id: "キー ID",
    private_key: "プライベートキー",
    oidc_issuer: "発行者 URL",
    attributes_request_method: "属性リクエストメソッド",
    authorize_url: "認可エンドポイント",
    token_url: "トークンエンドポイント",
    attributes_url: "userInfo エンドポイント",
    jwks_uri: "JWKS エンドポイント",
    require_nonce: "ID トークンの nonce を必須にする",
    link_by_verified_email: "検証済みの E メールアドレスでリンクする",
  },
  linkByEmailHint:
    "初回のサインインを、同じ検証済みアドレスを持つローカルユーザーのサインインにします。ユーザーのアドレスを検証するプロバイダーでのみ使ってください。",
  requireNonceHint: "プロバイダーが nonce を返す場合にオンにします。返さない古いプロバイダーもあります。",
  keepPrivateKeyHint: "空のままにすると、キーと上の項目は変更されません。",
  privateKeyHint: ".p8 ファイルの内容です。再表示されないため、変更するときは再入力が必要です。",
  endpointHint: "空の場合は、プロバイダーのディスカバリードキュメントを使います。",
  required: "値を入力してください。",
  identifiers: "識別子",
  identifiersHint: "E メールアドレスのドメインなど、プロバイダーの別名をカンマ区切りで入力します。",
  mapping: "属性マッピング",
  mappingHint: "サインインのたびに、プロバイダーからユーザーの属性にコピーされます。",
  attribute: "ユーザープール属性",
  claim: "プロバイダーの属性",
  addMapping: "マッピングを追加",
  removeMapping: "削除",
  removeMappingOf: (attribute) => (attribute === "" ? "マッピングを削除" : `削除: ${attribute}`),
  chooseAttribute: "属性を選択",
  findAttribute: "属性を検索",
  mappingFaults: {
    attribute: "コピー先の属性を選択するか、マッピングを削除してください。",
    claim: "プロバイダー側の属性名を入力するか、マッピングを削除してください。",
  },
  noMapping: "コピーされる属性がありません。",
  otherSide: "プロバイダーに登録する値",
  otherSideHint: "アプリがログインページを開くアドレスに対応する値を、プロバイダー側に登録してください。",
  redirectUri: "リダイレクト URI",
  linked: "リンクされた ID",
  linkedHint: "このユーザーとしてサインインする外部プロバイダーの ID です。",
  provider: "プロバイダー",
  subject: "プロバイダーでのユーザー ID",
  isPrimary: "このユーザーの作成元",
  linkedAt: "開始日時",
  noneLinked: "リンクされた ID がありません",
  link: "ID をリンク",
  linkHint:
    "プロバイダー側のユーザー ID (sub、id、user_id、NameID) です。まだサインインしていない ID に限ります。",
  linkedTo: (provider) => `「${provider}」の ID がリンクされました。`,
  unlink: "リンクを解除",
  unlinkWhat: (provider) => `${provider} の ID のリンクを解除`,
  unlinkQuestion: (provider, subject) =>
    `「${provider}」の「${subject}」のリンクを解除しますか? 次にこの ID でサインインすると、新しいユーザーが作られます。`,
  unlinked: (provider) => `「${provider}」の ID のリンクが解除されました。`,
  yes: "はい",
  no: "いいえ",
};

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
