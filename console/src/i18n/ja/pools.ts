import type { Messages } from "../messages.ts";

export const userPools: Messages["userPools"] = {
  title: "ユーザープール",
  description: (region) => `${region} のユーザープールです。リージョンはページの上部で切り替えられます。`,
  name: "ユーザープール名",
  id: "ユーザープール ID",
  create: "ユーザープールを作成",
  find: "名前または ID でユーザープールを検索",
  none: "ユーザープールがありません",
  noneHint: (region) => `${region} にはまだユーザープールがありません。`,
  deniedHint: "ユーザープールの ID がわかっている場合は、ページ上部の「検索」で開けます。",
  deleteTitle: "ユーザープールを削除",
  deleteWarning: (name, users) =>
    `「${name}」は、${users} 人のユーザー、グループ、アプリケーションクライアント、ID プロバイダー、ドメイン、署名キーとともに完全に削除されます。このユーザープールでサインインするアプリケーションは動作しなくなります。`,
  deactivateProtectionFault:
    "削除保護がアクティブなユーザープールは削除できません。先にこれを選択してください。",
  deactivateProtection: "削除保護を非アクティブ化",
  deleted: (name) => `ユーザープール「${name}」が正常に削除されました。`,
};

export const poolOverview: Messages["poolOverview"] = {
  information: "ユーザープール情報",
  id: "ユーザープール ID",
  arn: "ARN",
  users: "推定ユーザー数",
  issuer: "発行者",
  signingKeys: "トークン署名キー URL",
  deletionProtection: "削除保護",
  createUser: "ユーザーを作成",
  tryIt: "サインインを試す",
  rename: "名前を変更",
  renameTitle: "ユーザープールの名前を変更",
  renamed: (name) => `ユーザープールの名前が「${name}」に変更されました。`,
  name: "ユーザープール名",
};

export const quickstart: Messages["quickstart"] = {
  title: "ユーザーの作成からトークンの取得まで",
  description: "このユーザープールの ID が入っており、そのまま貼り付けて実行できます。",
  noClient: "コマンドにはアプリケーションクライアントが必要ですが、このユーザープールにはまだありません。",
  editClient: "アプリケーションクライアントを編集",
  flowMissing:
    "コマンドを表示するには、サーバー側の管理者認証情報によるサインインを許可するか、クライアントシークレットのないアプリケーションクライアントで SRP を許可してください。",
  steps: {
    install: "準備",
    withCli: "AWS CLI で仮パスワードを設定してユーザーを作成",
    app: "アプリケーション: サインインし、新しいパスワードを設定",
    setUp: "準備",
    createUser: "仮パスワードを設定してユーザーを作成",
    signIn: "サインイン: チャレンジ NEW_PASSWORD_REQUIRED が返り、その Session を保存",
    newPassword: "新しいパスワードを設定: トークンが返る",
    whole: "ユーザーの作成、サインイン、新しいパスワードの設定",
  },
};

export const createPool: Messages["createPool"] = {
  title: "ユーザープールを作成",
  description: (region) =>
    `${region} にユーザープールを作成し、アプリケーションがユーザーのサインインに使用する最初のアプリケーションクライアントを追加します。`,
  submit: "ユーザーディレクトリを作成",
  created: (name) => `ユーザープール「${name}」が正常に作成されました。`,
  createdInPart: (name, refusal) =>
    `ユーザープール「${name}」は作成されましたが、最初のアプリケーションクライアントは作成されませんでした。「アプリケーションクライアント」で作成してください。${refusal}`,
  applicationName: "アプリケーションに名前を付ける",
  applicationNameHint:
    "アプリケーションクライアントの名前になります。別の名前を指定しない限り、ユーザープールも同じ名前になります。",
  options: "オプションを設定",
  returnUrl: "リターン URL を追加",
  identifiers: "サインイン識別子のオプション",
  identifiersHint:
    "「ユーザー名」を選ばない場合は、E メールアドレスまたは電話番号でサインインし、ユーザー名はユーザープールが生成します。",
  noIdentifier: "サインイン識別子を 1 つ以上選択してください。",
  selfRegistration: "自己登録",
  required: "サインアップのための必須属性",
  requiredHint: "すべてのユーザーに必要な属性です。",
  chooseAttributes: "属性を選択",
  fixed: "サインイン識別子と必須属性は、ユーザープールの作成後に変更することはできません。",
  more: "その他のオプション",
  moreHint: "ユーザープールの名前、削除保護、ユーザー名、タグを設定します。",
  poolName: "ユーザープール名",
  preferredUsername: "ユーザーが任意のユーザー名でサインインすることを許可",
  caseSensitive: "ユーザー名の大文字と小文字を区別する",
  caseSensitiveHint: "区別しない場合、Jane と jane は同じユーザーです。後で変更することはできません。",
  removeAttribute: "この属性を削除",
};

export const passwordPolicy: Messages["passwordPolicy"] = {
  title: "パスワードポリシー",
  pageDescription: "ユーザーが本人であることを証明する方法を設定します。",
  description: "新しいパスワードの要件です。すでに設定されているパスワードには影響しません。",
  edit: "パスワードポリシーを編集",
  saved: "パスワードポリシーが更新されました。",
  mode: "パスワードポリシーモード",
  defaults: "Cognito のデフォルト",
  defaultsHint: "8 文字以上で、数字、記号、大文字、小文字を含みます。",
  custom: "カスタム",
  customHint: "独自の要件を設定します。",
  minimumLength: "パスワードの最小文字数",
  minimumLengthRule: "6～99 の整数を入力してください。",
  requirements: "パスワード要件",
  contains: {
    number: "少なくとも 1 つの数字を含む",
    symbol: "少なくとも 1 つの特殊文字を含む",
    uppercase: "少なくとも 1 つの大文字を含む",
    lowercase: "少なくとも 1 つの小文字を含む",
  },
  validity: "管理者が設定した仮パスワードの有効期限",
  validityRule: "1～365 の整数 (日数) を入力してください。",
  history: "以前のパスワードの使用を禁止",
  historyRule: "再使用できない直近のパスワードの数を、0～24 の整数で入力してください。",
  characters: (count) => `${count} 文字`,
  days: (count) => `${count} 日`,
  passwords: (count) => `直近の ${count} 個のパスワード`,
  rules: {
    minimumLength: (count) => `${count} 文字以上`,
    uppercase: "大文字を含む",
    lowercase: "小文字を含む",
    number: "数字を含む",
    symbol: "特殊文字を含む",
    noSpace: "パスワードの先頭と末尾にスペースを使用することはできません。",
    tooLong: "パスワードは 256 文字以内で入力してください。",
    notMet: "パスワードがまだすべての要件を満たしていません。",
  },
};

export const signInSettings: Messages["signInSettings"] = {
  pageDescription: "ユーザーがサインインに使用するオプションを確認します。",
  title: "ユーザープールのサインインオプション",
  signInWith: "サインインに使用するもの",
  description: "サインイン時にユーザーを識別する属性です。",
  options: {
    username: "ユーザー名",
    email: "E メール",
    phoneNumber: "電話番号",
    preferredUsername: "任意のユーザー名",
  },
  caseSensitivity: "ユーザー名の大文字と小文字の区別",
  caseSensitive: "区別する",
  caseInsensitive: "区別しない",
  fixed: "これらのオプションはユーザープールの作成時に選択されたもので、変更することはできません。",
};

export const signUpSettings: Messages["signUpSettings"] = {
  pageDescription: "セルフサービスのサインアップと、ユーザーの属性を設定します。",
  required: "必須の属性",
  noneRequired: "なし",
  requiredHint: "すべてのユーザーに必要な属性です。ユーザープールの作成後に変更することはできません。",
  custom: "カスタム属性",
  customHint: "独自の属性を 50 個まで追加できます。",
  addCustom: "カスタム属性を追加",
  add: "追加",
  added: (name) => `カスタム属性「custom:${name}」が追加されました。`,
  noCustom: "カスタム属性がありません",
  permanent: "カスタム属性は、追加した後に変更または削除することはできません。",
  name: "名前",
  nameRule: "1～20 文字。プレフィックス custom: は不要です。",
  nameTaken: "この名前のカスタム属性はすでにあります。",
  nameFault: "スペースを含まない 1～20 文字の名前を入力してください。",
  type: "タイプ",
  range: "最小値と最大値",
  lengthRange: "最小文字数と最大文字数",
  valueRange: "最小値と最大値",
  rangeFault: "整数を小さいほうから順に入力してください。文字数は 2048 までです。",
  least: "最小",
  most: "最大",
  mutable: "可変",
  mutableHint: "設定した後に値を変更できます。",
  selfRegistration: "セルフサービスのサインアップ",
  selfRegistrationHint:
    "誰でもアカウントを登録できるようにします。無効の場合は、管理者がユーザーを作成します。",
  enableSelfRegistration: "自己登録を有効化",
  saved: "セルフサービスのサインアップが更新されました。",
};

export const messageTemplates: Messages["messageTemplates"] = {
  description: "このユーザープールが送信するメッセージを編集します。",
  kinds: {
    verification: {
      title: "検証メッセージ",
      hint: "パスワードを忘れたユーザーや、パスワードがリセットされたユーザーにコードを送信します。",
      edit: "検証メッセージを編集",
      rule: "{####} はコードに置き換えられます。",
      emailFault: "{####} を含む 6～20,000 文字のメッセージを入力してください。",
      smsFault: "{####} を含む 6～140 文字のメッセージを 1 行で入力してください。",
      saved: "検証メッセージが更新されました。",
    },
    invitation: {
      title: "招待メッセージ",
      hint: "管理者が作成したユーザーに送信されます。",
      edit: "招待メッセージを編集",
      rule: "{username} と {####} は、ユーザー名と仮パスワードに置き換えられます。",
      emailFault: "{username} と {####} の両方を含む 6～20,000 文字のメッセージを入力してください。",
      smsFault: "{username} と {####} の両方を含む 6～140 文字のメッセージを入力してください。",
      saved: "招待メッセージが更新されました。",
    },
  },
  subject: "E メールの件名",
  subjectRule: "文字、数字、記号、スペースを使って 1～140 文字で入力してください。",
  email: "E メールメッセージ",
  htmlHint: "HTML タグを使用できます。",
  sms: "SMS メッセージ",
  reset: "デフォルトに戻す",
};

export const poolSettings: Messages["poolSettings"] = {
  description:
    "このユーザープールのプラン、削除保護、キー、レプリカ、タグを管理し、ユーザープールを削除します。",
  protection: "削除保護",
  protectionHint: "このユーザープールが誤って削除されるのを防ぎます。",
  activate: "アクティブ化",
  activateTitle: "削除保護をアクティブ化",
  activateQuestion: "削除保護を非アクティブ化するまで、ユーザープールを削除できなくなります。",
  activated: "削除保護がアクティブ化されました。",
  deactivate: "非アクティブ化",
  deactivateTitle: "削除保護を非アクティブ化",
  deactivateQuestion: "ユーザープールを削除できるようになります。",
  deactivated: "削除保護が非アクティブ化されました。",
  delete: "ユーザープールを削除",
  deleteHint: "ユーザープールを、ユーザー、グループ、アプリケーションクライアントとともに完全に削除します。",
};

export const tags: Messages["tags"] = {
  title: "タグ",
  description: "ユーザープールの検索や分類に使用する独自のキーと値を管理します。",
  manage: "タグを管理",
  add: "新しいタグを追加",
  remove: "削除",
  removeWhat: (key) => `タグ ${key} を削除`,
  none: "タグがありません",
  key: "キー",
  value: "値",
  limit: (rest) => `あと ${rest} 個のタグを追加できます。`,
  faults: {
    key: "1～128 文字のキーを入力してください。",
    reserved: "aws: で始まるキーは予約されています。",
    twice: "このキーはすでに存在します。",
    value: "値は 256 文字以内で入力してください。",
  },
  saved: "タグが更新されました。",
};

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
      hint: "パスワードに加えて、アプリケーション、SMS、または E メールのコードを要求します。",
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
