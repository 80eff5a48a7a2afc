import type { Messages } from "../messages.ts";

export const saml: Messages["saml"] = {
  metadata: "メタデータドキュメントのソース",
  metadataHint: "SAML プロバイダーのメタデータには、そのアドレスと証明書が含まれます。",
  file: "メタデータファイル",
  fileRule: "XML ファイル。",
  fileFault: "リダイレクト用のサインインアドレスを含む、SAML ID プロバイダーのメタデータを選択してください。",
  chooseFile: "ファイルを選択",
  dropFile: "アップロードするファイルをドロップ",
  removeFile: "ファイルを削除",
  error: "エラー",
  url: "メタデータドキュメントの URL",
  urlHint: "新しい証明書を見つけるため、サーバーは 6 時間ごとに読み直します。",
  urlFault: "https:// で始まる URL を入力してください。",
  providerEntityId: "プロバイダーのエンティティ ID",
  certificates: "署名証明書",
  signInUrl: "サインインアドレス",
  signOutUrl: "サインアウトアドレス",
  settings: "SAML の設定",
  signsRequests: "このプロバイダーへの SAML リクエストに署名する",
  signsRequestsHint: "プロバイダーはユーザープールの署名証明書で検証します。",
  requiresEncryption: "このプロバイダーからの暗号化された SAML アサーションを必須にする",
  requiresEncryptionHint:
    "暗号化されていないアサーションは拒否されます。プロバイダーには暗号化証明書が必要です。",
  allowsIdpInitiated: "IdP が開始した SAML アサーションを受け入れる",
  allowsIdpInitiatedHint:
    "ユーザーはプロバイダーのポータルから開始できます。このサインインは第三者がユーザーに強制できます。",
  signsOut: "サインアウトフローを追加",
  signsOutHint: "ユーザープールからサインアウトすると、プロバイダーからもサインアウトします。",
  linksByEmail: "検証済みの E メールアドレスでリンクする",
  linksByEmailHint:
    "email と email_verified のマッピングが必要です。ユーザーのアドレスを検証するプロバイダーでのみ使ってください。",
  serviceProvider: "SAML プロバイダーに設定する値",
  serviceProviderHint:
    "プロバイダーの設定画面に入力してください。アドレスが複数ある場合は、アプリケーションがログインページを開くときのアドレスを入力します。",
  assertionConsumer: "アサーションコンシューマーサービス (ACS) URL",
  entityId: "サービスプロバイダーのエンティティ ID (オーディエンス)",
  signOutAddress: "サインアウトレスポンスの URL",
  serviceProviderMetadata: "サービスプロバイダーのメタデータ",
  openMetadata: (host) => `${host} のメタデータ`,
  downloadSigning: "署名証明書をダウンロード",
  downloadEncryption: "暗号化証明書をダウンロード",
};
