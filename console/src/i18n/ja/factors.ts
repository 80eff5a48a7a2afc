import type { Messages } from "../messages.ts";

export const passkeys: Messages["passkeys"] = {
  title: "パスキー",
  description: "このユーザーが登録したパスキーです。",
  name: "パスキー",
  site: "依拠当事者",
  none: "パスキーがありません",
  deleteTitle: "パスキーを削除",
  deleteWhat: (name) => `削除: ${name}`,
  deleteQuestion: "このパスキーではサインインできなくなります。ユーザーは別のパスキーを登録できます。",
  deleted: (name) => `パスキー「${name}」が削除されました。`,
  bothFactors: "このユーザーのパスキーは、多要素認証として扱われます。",
  firstFactor: "このユーザーのパスキーは、1 つ目の要素としてのみ扱われます。",
  turnOn: "パスキーによる MFA を有効化",
  turnOff: "パスキーによる MFA を無効化",
  turnOnQuestion: (name) =>
    `「${name}」は、指紋、顔、または PIN で確認するパスキーだけで、2 つ目の要素なしにサインインできるようになります。パスキーの紛失に備えて、ほかの MFA 方法がアクティブになっている必要があります。`,
  turnOffQuestion: (name) =>
    `MFA を使用する場合、「${name}」のサインインには再びパスワードと 2 つ目の要素が必要になります。`,
  turnedOn: (name) => `「${name}」のパスキーが多要素認証として扱われるようになりました。`,
  turnedOff: (name) => `「${name}」のパスキーは 1 つ目の要素としてのみ扱われるようになりました。`,
};

export const firstFactors: Messages["firstFactors"] = {
  title: "選択ベースのサインインのオプション",
  description:
    "選択ベースのサインインを許可するアプリケーションクライアントで、ユーザーが選択できる方法を設定します。",
  choices: "選択可能な方法",
  needsSms: "SMS のコードには SMS 設定が必要です。このページの下部で設定できます。",
  choicesHint: "アプリケーションクライアントで ALLOW_USER_AUTH フローを許可する必要があります。",
  factors: {
    PASSWORD: "パスワード",
    EMAIL_OTP: "E メールメッセージのワンタイムパスワード",
    SMS_OTP: "SMS メッセージのワンタイムパスワード",
    WEB_AUTHN: "パスキー",
  },
  saved: "選択ベースのサインインのオプションが更新されました。",
};

export const passkeySettings: Messages["passkeySettings"] = {
  title: "パスキー",
  description: "パスキーを使用するサイトと、ロック解除の方法を設定します。",
  relyingParty: "依拠当事者 ID",
  relyingPartyDefault: "ユーザープールのドメイン",
  relyingPartyHint:
    "アプリケーションのホスト名、または localhost を入力します。空の場合は、ユーザープールのドメインが使用されます。",
  relyingPartyFault: "スキームとポートを除いたホスト名を入力してください (例: app.example.com)。",
  userVerification: "ユーザー検証",
  verifications: {
    preferred: { label: "推奨", description: "認証器が対応している場合に要求します。" },
    required: { label: "必須", description: "指紋、顔、または PIN による検証がないパスキーを拒否します。" },
  },
  factor: "パスキーと MFA",
  factors: {
    SINGLE_FACTOR: {
      label: "単一要素",
      description: "パスキーは 1 つ目の要素です。MFA を設定したユーザーはパスワードでサインインします。",
    },
    MULTI_FACTOR_WITH_USER_VERIFICATION: {
      label: "ユーザー検証による多要素",
      description: "指紋、顔、または PIN で検証されたパスキーを、2 つの要素として扱います。",
    },
  },
  singleFactorHint:
    "このユーザープールでは MFA が必須のため、単一要素のパスキーを選択ベースのサインインのオプションに含めることはできません。",
  saved: "パスキーの設定が更新されました。",
};

export const sessionTracking: Messages["sessionTracking"] = {
  title: "セッションの追跡",
  description: "ユーザーと管理者がセッションを一覧表示し、個別に終了できるようにします。",
  tracking: "ユーザーセッションを追跡",
  trackingHint: "セッションに ID が付き、最後のアクティビティ、IP アドレス、デバイスが記録されます。",
  most: "ユーザーあたりのセッション数",
  mostRule: "1～100 の整数。上限を超えると、最も長く使用されていないセッションが終了します。",
  saved: "セッションの追跡が更新されました。",
};
