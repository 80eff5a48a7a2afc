import type { Messages } from "../messages.ts";

export const mfaSettings: Messages["mfaSettings"] = {
  title: "多要素認証",
  description: "パスワードに加えて、2 つ目の要素を求めるかどうかを設定します。",
  enforcement: "MFA の強制",
  modes: {
    OFF: { label: "MFA なし", description: "ユーザーは 1 つの要素でサインインします。" },
    OPTIONAL: {
      label: "オプションの MFA",
      description: "2 つ目の要素を設定したユーザーにのみ、その要素を求めます。",
    },
    ON: {
      label: "MFA が必須",
      description: "すべてのユーザーに 2 つ目の要素が必要です。サインイン時に設定します。",
    },
  },
  methods: "MFA の方法",
  faults: {
    noMethod: "方法を 1 つ以上選択してください。",
    emailNeedsSes:
      "E メールによる MFA には、E メールプロバイダーとして Amazon SES が必要です。先に「認証方法」ページで選択してください。",
    emailRecovers: "アカウントの復旧方法が E メールのみの場合、E メールによる MFA は使用できません。",
  },
  factors: { app: "認証アプリケーション", sms: "SMS メッセージ", email: "E メールメッセージ" },
  factorHints: {
    app: "時刻に基づくコード (TOTP) を使用します。",
    sms: "電話番号にコードを送信します。",
    email:
      "E メールアドレスにコードを送信します。アカウントの復旧に E メールを使用している場合は選択できません。",
  },
  smsRole: "SMS の IAM ロール",
  smsRoleHint: "Cognito ではメッセージを送信するロールが必要です。このサーバーはロールを引き受けません。",
  saved: "多要素認証が更新されました。",
};

export const accountRecovery: Messages["accountRecovery"] = {
  title: "ユーザーアカウントの復旧",
  description: "パスワードを忘れたユーザーにコードを送信する方法を設定します。",
  method: "セルフサービスのアカウントの復旧",
  options: {
    emailThenPhone: "E メール (使用可能な場合)、それ以外の場合は SMS",
    phoneThenEmail: "SMS (使用可能な場合)、それ以外の場合は E メール",
    email: "E メールのみ",
    phone: "SMS のみ",
    admin: "なし (ユーザーは管理者に問い合わせます)",
  },
  saved: "ユーザーアカウントの復旧が更新されました。",
};

export const deviceTracking: Messages["deviceTracking"] = {
  title: "デバイスの追跡",
  description: "ユーザーがサインインに使用したデバイスを記憶するかどうかを設定します。",
  mode: "デバイスの記憶",
  modes: { off: "記憶しない", optIn: "ユーザーのオプトイン", always: "常に記憶する" },
  replacesMfa: "記憶されたデバイスで MFA を省略する",
  saved: "デバイスの追跡が更新されました。",
};

export const attributeVerification: Messages["attributeVerification"] = {
  title: "属性の検証とユーザーアカウントの確認",
  description: "E メールアドレスや電話番号がユーザー本人のものであることを、コードで検証します。",
  attributes: "検証する属性",
  attributesHint: "新しいユーザーは、この宛先に送信されたコードでサインアップを確認します。",
  needsSms: "SMS のコードには SMS 設定が必要です。「認証方法」ページで設定できます。",
  email: "E メールアドレス",
  phoneNumber: "電話番号",
  none: "なし",
  keepsOriginal: "更新が保留中のときは元の属性値を有効に保つ",
  keepsOriginalHint: "新しい値は、コードが入力された後に有効になります。",
  saved: "属性の検証が更新されました。",
};

export const featurePlan: Messages["featurePlan"] = {
  title: "機能プラン",
  description:
    "Cognito のプランに従って、このユーザープールで使用できる機能を設定します。料金は発生しません。",
  current: "プラン",
  tiers: {
    LITE: { label: "Lite", description: "パスワード、MFA、従来のホストされた UI を使用できます。" },
    ESSENTIALS: {
      label: "Essentials",
      description:
        "パスワードレスのサインイン、E メール MFA、マネージドログイン、アクセストークンのカスタマイズも使用できます。",
    },
    PLUS: { label: "Plus", description: "脅威保護とそのログも使用できます。" },
  },
  saved: "機能プランが変更されました。",
};

export const userMfa: Messages["userMfa"] = {
  title: "多要素認証",
  methods: "MFA の方法",
  preferred: "優先する方法",
  none: "なし",
  edit: "MFA 設定を更新",
  active: "有効な方法",
  activeHint: "電話番号、E メールアドレス、または認証アプリケーションが設定されている方法のみ使用できます。",
  faults: {
    notOfPool: "この方法はユーザープールで有効になっていません。「サインイン」ページで設定できます。",
    noPhone: "ユーザーに電話番号がありません。",
    noEmail: "ユーザーに E メールアドレスがありません。",
  },
  noPreference: "指定なし",
  factors: {
    SMS_MFA: "SMS メッセージ",
    SOFTWARE_TOKEN_MFA: "認証アプリケーション",
    EMAIL_OTP: "E メールメッセージ",
  },
  saved: (name) => `「${name}」の MFA 設定が更新されました。`,
};

export const userFactors: Messages["userFactors"] = {
  title: "認証要素",
  description: "このユーザーが現在サインインに使用できる要素を表示します。",
  first: "設定済みの要素",
  factors: { SOFTWARE_TOKEN: "認証アプリケーション" },
  removeApp: "認証アプリケーションを削除",
  noApp: "このユーザーには認証アプリケーションがありません。",
  remove: "削除",
  removeAppWarning:
    "アプリケーションのコードは使用できなくなります。MFA が必須の場合、ユーザーは次回のサインイン時に要素を設定します。",
  appRemoved: (name) => `「${name}」の認証アプリケーションが削除されました。`,
};

export const devices: Messages["devices"] = {
  title: "デバイス",
  description: "このユーザーがサインインに使用したデバイスを表示します。",
  name: "デバイス",
  ip: "最後の IP アドレス",
  lastUsed: "最終使用時刻",
  remembered: "記憶済み",
  remember: "記憶する",
  rememberQuestion: "ユーザープールの設定に従って、このデバイスで 2 つ目の要素を省略できるようになります。",
  stopRemembering: "記憶しない",
  stopRememberingQuestion: "デバイスは一覧に残りますが、新しいデバイスと同じように扱われます。",
  switched: "デバイスが更新されました。",
  none: "デバイスがありません",
  forget: "デバイスを削除",
  forgetQuestion: "次回のサインイン時には、新しいデバイスとして扱われます。",
  forgotten: "デバイスが削除されました。",
};

export const loginPages: Messages["loginPages"] = {
  title: "ログインページ",
  description:
    "OAuth 2.0: サインイン後にユーザーが戻る URL と、アプリケーションクライアントに許可する範囲を設定します。",
  callbackUrls: "許可されているコールバック URL",
  signOutUrls: "許可されているサインアウト URL",
  grants: "OAuth 2.0 付与タイプ",
  grantTypes: {
    code: "認証コード付与",
    implicit: "暗黙的な付与",
    client_credentials: "クライアント認証情報",
  },
  scopes: "OpenID Connect スコープ",
  providers: "ID プロバイダー",
};

export const extensions: Messages["extensions"] = {
  description: "サインアップとサインインの各段階でユーザープールが呼び出す関数を設定します。",
  title: "Lambda トリガー",
  hint: "関数は、サーバーの起動時に指定したフォルダ (--lambda-dir) のファイル、または Lambda API で実行されます。",
  trigger: "トリガー",
  remove: "削除",
  removeWhat: (name) => `トリガーを削除: ${name}`,
  removeQuestion: (name) =>
    `ユーザープールは「${name}」の関数を呼び出さなくなります。関数自体は削除されません。`,
  removed: (name) => `トリガー「${name}」が削除されました。`,
  functionArn: "関数の ARN",
  functionArnHint: "末尾の名前が、関数のファイル名です。空にすると、トリガーが削除されます。",
  functionArnFault:
    "関数の ARN を入力してください (例: arn:aws:lambda:us-east-1:123456789012:function:name)。",
  triggers: {
    PreSignUp: "サインアップ前",
    PostConfirmation: "確認後",
    PreAuthentication: "認証前",
    PostAuthentication: "認証後",
    PreTokenGeneration: "トークン生成前",
    CustomMessage: "カスタムメッセージ",
    DefineAuthChallenge: "認証チャレンジの定義",
    CreateAuthChallenge: "認証チャレンジの作成",
    VerifyAuthChallengeResponse: "認証チャレンジレスポンスの検証",
    UserMigration: "ユーザーの移行",
    CustomEmailSender: "カスタム E メール送信者",
    CustomSMSSender: "カスタム SMS 送信者",
    InboundFederation: "インバウンドフェデレーション",
  },
  eventVersion: "トリガーイベントのバージョン",
  eventVersions: {
    V1_0: { label: "基本機能", description: "V1_0: ID トークンのクレームとグループを変更できます。" },
    V2_0: {
      label: "ユーザー ID のアクセストークンのカスタマイズ",
      description: "V2_0: 両方のトークンのクレームとスコープを変更できます。Essentials プランが必要です。",
    },
    V3_0: {
      label: "ユーザー ID とマシン ID のアクセストークンのカスタマイズ",
      description: "V3_0: クライアント認証情報の付与でも使用できます。",
    },
  },
  keyArn: "KMS キーの ARN",
  keyArnHint:
    "両方の送信者のコードがこのキーで暗号化されます。このサーバーがキーの代わりになるため、キーを作成する必要はありません。関数は、このサーバーの KMS エンドポイントで復号します。",
  keyArnFault:
    "KMS キーの ARN を入力してください (例: arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555)。",
  saved: (name) => `トリガー「${name}」が更新されました。`,
};
