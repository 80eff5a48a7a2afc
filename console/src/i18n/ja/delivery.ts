import type { Messages } from "../messages.ts";

export const emailDelivery: Messages["emailDelivery"] = {
  title: "E メール設定",
  description:
    "ユーザープールの E メールの送信元です。どのプロバイダーを選択しても、このサーバーの設定 (smtpUrl) に従って送信されます。",
  account: "E メールプロバイダー",
  accounts: {
    COGNITO_DEFAULT: {
      label: "Cognito で E メールを送信",
      description: "テストや小規模なユーザープール向けです。",
    },
    DEVELOPER: { label: "Amazon SES で E メールを送信", description: "E メールによる MFA に必要です。" },
  },
  fields: {
    sourceArn: "SES ID の ARN",
    from: "送信元 (FROM) アドレス",
    replyTo: "返信先 (REPLY-TO) アドレス",
    configurationSet: "SES 設定セット",
  },
  hints: {
    sourceArn: "us-east-1、us-west-2、eu-west-1、またはユーザープールのリージョンにある ID。",
    from: "アドレス、または名前と山括弧で囲んだアドレス。",
    replyTo: "ユーザーからの返信の宛先。",
    configurationSet: "名前はヘッダー X-SES-CONFIGURATION-SET で送信されます。",
  },
  faults: {
    sourceArn:
      "次のいずれかのリージョンにある SES ID の ARN を入力してください (例: arn:aws:ses:us-east-1:123456789012:identity/example.com)。",
    from: "no-reply@example.com または Example <no-reply@example.com> のような形式で入力してください。",
    replyTo: "E メールアドレスを入力してください。",
    configurationSet: "64 文字以内の英数字、ハイフン、アンダースコアを入力してください。",
  },
  needsArn: "送信元アドレスを指定するには、SES ID の ARN が必要です。",
  defaultFrom: "サーバーの既定値 (mailFrom)",
  saved: "E メール設定が更新されました。",
};

export const smsDelivery: Messages["smsDelivery"] = {
  title: "SMS 設定",
  description:
    "SMS のコードと電話番号の検証に必要です。テキストメッセージは、このサーバーの設定 (smsGatewayUrl) に従って送信されます。",
  status: "ステータス",
  service: "SMS サービス",
  services: { sns: "Amazon SNS", eums: "AWS End User Messaging SMS" },
  roleArn: "IAM ロールの ARN",
  role: "IAM ロール",
  roleHint: "Cognito ではメッセージを送信するロールが必要です。このサーバーはロールを引き受けません。",
  externalId: "外部 ID",
  externalIdHint: "ロールの信頼ポリシーと同じ値です。",
  region: "サービスのリージョン",
  regionFault: "リージョンの名前を入力してください (例: us-east-1)。",
  origination: "発信元 ID",
  originationHint: "メッセージの送信に使用する番号、送信者 ID、またはプールです。",
  saved: "SMS 設定が更新されました。",
};
