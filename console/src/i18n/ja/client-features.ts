import type { Messages } from "../messages.ts";

export const clientFeatures: Messages["clientFeatures"] = {
  loginPages: {
    edit: "ログインページを編集",
    view: "ログインページを表示",
    viewHint: "ログインページを表示 (新しいタブで開きます)",
    cannotView: "先に認証コード付与とコールバック URL を設定してください。",
    returnUrl: "リターン URL",
    returnUrlHint:
      "ログインページからユーザーが戻るアプリケーションの URL です。後から追加することもできます。",
    urls: "リターン URL",
    callback: "コールバック URL",
    signOut: "サインアウト URL",
    addCallback: "コールバック URL を追加",
    addSignOut: "サインアウト URL を追加",
    remove: "削除",
    removeWhat: (url) => `削除: ${url}`,
    urlFault:
      "https:// の URL、このマシンの http:// の URL、またはアプリのスキームの URL を入力してください。",
    none: "なし",
    defaultRedirect: "デフォルトのリダイレクト URL",
    noDefault: "なし",
    providers: "ID プロバイダー",
    providersHint: "ユーザーがサインインに使用できるプロバイダーを選択します。",
    ownDirectory: "Cognito ユーザープール",
    signInAndTokens: "サインインとトークン",
    customScopes: "カスタムスコープ",
    gone: (names) => `存在しなくなったため、削除する必要があります: ${names}`,
    customScopesHint: "このユーザープールのリソースサーバーのスコープです。",
    machineScopesHint: "アプリケーションが要求できる API のスコープです。",
    chooseScopes: "スコープを選択",
    choicesMissing:
      "このアプリケーションクライアントの現在の値は、残すことも削除することもできます。ほかの選択肢は読み込めませんでした。",
    noCustomScopes:
      "このユーザープールにはカスタムスコープがありません。先にスコープを持つリソースサーバーを作成してください。",
    toResourceServers: "リソースサーバーに移動",
    noGrant:
      "付与タイプが許可されていないため、このアプリケーションクライアントはログインページを使用しません。",
    needsUrl: "認証コード付与と暗黙的な付与には、コールバック URL が必要です。",
    needsScope: "付与タイプのスコープを 1 つ以上選択してください。",
    machineAlone:
      "クライアント認証情報は他の付与タイプと併用できません。また、クライアントシークレットが必要です。",
  },
  sessions: {
    title: "セッション",
    description:
      "ログインページのセッションにより、このアプリケーションクライアントに再認証なしでサインインできる時間です。",
    validity: "セッションの持続期間",
    minutes: (minutes) => `${minutes} 分`,
    rule: "0～129600 の整数 (分) を入力してください。0 の場合、ユーザーは毎回サインインします。",
    needsTracking: "このユーザープールはセッションを追跡していないため、セッションは 60 分間有効です。",
    toTracking: "セッションの追跡",
    saved: "アプリケーションクライアントのセッション設定が更新されました。",
  },
  clientToken: {
    flow: "GetClientToken でアプリケーションクライアント自身のトークンを取得",
    flowHint: "クライアントシークレットがある場合に、単独でのみ選択できます。",
    title: "アプリケーションクライアント自身のトークン",
    description: "ユーザーのいないアプリケーション用のアクセストークンです。",
    byOperation: "GetClientToken を使用",
    byEndpoint: "トークンエンドポイントを使用",
    get: "トークンを取得",
  },
  exchange: {
    title: "コードの交換を実行",
    description:
      "ログインページでサインインすると、トークンがここに表示されます。コンソールのコールバック URL を使用した場合は、そのページに表示されます。",
    addOwn: "このコンソールのコールバック URL を追加",
    addOwnHint: "追加すると、ログインページからこのコンソールに戻り、コードがトークンに交換されます。",
    added: "このコンソールのコールバック URL が追加されました。",
    returned: "ブラウザが戻った URL",
    returnedHint: "ブラウザのアドレスバーから貼り付けてください。",
    submit: "コードを交換",
    otherState: "この URL の state は、送信したものと異なります。",
    noCode: "この URL にはコードが含まれていません。",
    tokens: "トークン",
    expiresIn: (validity) => `アクセストークンの有効期間は ${validity}です。`,
    idToken: "ID トークン",
    accessToken: "アクセストークン",
    refreshToken: "更新トークン",
    back: "アプリケーションクライアントに移動",
    callbackTitle: "サインインの結果",
    callbackDescription: "ログインページからこのコンソールに戻りました。",
    unknownState:
      "このサインインは、このブラウザのコンソールで開始されたものではないか、すでに完了しています。",
  },
};
