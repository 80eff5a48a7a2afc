import type { Messages } from "../messages.ts";

export const tryIt: Messages["tryIt"] = {
  title: "サインインを試す",
  description: "ユーザーを段階的にサインインさせ、すべてのリクエスト、レスポンス、トークンを確認します。",
  startOver: "最初からやり直す",
  signIn: "ユーザーとしてサインイン",
  client: "アプリケーションクライアント",
  flow: "認証フロー",
  flowDisabled: "このアプリケーションクライアントでは有効になっていないため、サーバーに拒否されます。",
  noClient: "このユーザープールには、サインインに使用するアプリケーションクライアントがありません。",
  username: "ユーザー名",
  password: "パスワード",
  submit: "サインイン",
  needsSecureContext:
    "ブラウザで SRP を計算できるのは、HTTPS またはこのマシンから読み込まれたページのみです。",
  challenge: (name) => `チャレンジ: ${name}`,
  challengeHint: "トークンを発行する前に、サーバーが追加の応答を求めています。",
  newPassword: "新しいパスワード",
  forgotPassword: "パスワードを忘れた場合",
  reset: "パスワードのリセット",
  resetHint: "ユーザーはコードを使用して新しいパスワードを設定し、そのパスワードでサインインします。",
  code: "コード",
  codeSentTo: (destination) =>
    destination === undefined
      ? "パスワードがリセットされたときに送信されました。"
      : `${destination} に送信されました。`,
  setPassword: "パスワードを設定",
  parameters: "チャレンジパラメータ",
  answer: "応答",
  tokens: "トークン",
  signedIn: "ユーザーがサインインしました。",
  expiresIn: (seconds) => `アクセストークンは ${seconds} 秒後に有効期限が切れます。`,
  refreshTokenHint:
    "更新トークンを読み取れるのはサーバーのみです。有効期限が切れるか取り消されるまで、新しい ID トークンとアクセストークンを取得できます。",
  tokenActions: {
    getUser: "GetUser",
    refresh: "更新",
    revoke: "取り消し",
    globalSignOut: "グローバルサインアウト",
  },
  exchanges: "リクエストとレスポンス",
  showSecrets: "シークレットを表示",
  took: (milliseconds) => `${milliseconds} ミリ秒`,
  succeeded: "成功",
  request: "リクエスト",
  response: "レスポンス",
};

export const tokens: Messages["tokens"] = {
  title: "トークンデコーダー",
  description:
    "トークンの内容と、リソースサーバーに拒否される理由を確認します。トークンはこのページの外に送信されません。",
  token: "トークン",
  tokenHint: "ID トークンまたはアクセストークン。Authorization ヘッダー全体を貼り付けることもできます。",
  faults: {
    parts: "トークンは、ドットで区切られた 3 つの部分で構成されます。",
    base64: "ヘッダーまたはクレームが base64url ではありません。トークンの一部が欠けている可能性があります。",
    json: "ヘッダーまたはクレームが JSON オブジェクトではありません。",
    encrypted: "更新トークンのようです。暗号化されており、読み取れるのはサーバーのみです。",
  },
  content: "内容",
  header: "ヘッダー",
  claims: "クレーム",
  checksTitle: "受け入れられますか?",
  checksHint: "トークンが示すユーザープールとサーバーの時刻に照らして、検証の各項目を確認します。",
  noPool: "クレーム iss がユーザープールを示していないため、このトークンは検証で拒否されます。",
  accepted: "すべての項目に合格しました。有効期限まで、リソースサーバーはこのトークンを受け入れます。",
  refused: (checks) => `リソースサーバーはこのトークンを拒否します: ${checks.join("、")}`,
  result: "結果",
  results: { passed: "合格", failed: "不合格", unknown: "未確認" },
  check: "項目",
  found: "実際の値",
  why: "条件",
  checks: {
    algorithm: { name: "アルゴリズム", why: "alg が RS256 である。" },
    issuer: { name: "発行者", why: "iss がユーザープールの発行者と完全に一致する。" },
    key: { name: "キー", why: "kid がユーザープールの JWKS に含まれる。" },
    signature: { name: "署名", why: "ヘッダーとクレームに対する、そのキーによる署名である。" },
    expiry: { name: "有効期限", why: "exp が現在より後である。" },
    notBefore: { name: "有効開始時刻", why: "nbf がある場合は、現在より前である。" },
    use: { name: "用途", why: "token_use が access または id である。" },
    client: {
      name: "アプリケーションクライアント",
      why: "アクセストークンの client_id または ID トークンの aud が、ユーザープールのアプリケーションクライアントである。",
    },
  },
};

export const activity: Messages["activity"] = {
  title: "アクティビティ",
  description: "このサーバーが応答した API 呼び出しをリアルタイムで表示します。メモリにのみ保持されます。",
  find: "オペレーション、呼び出し元、ユーザー、エラーで検索",
  showConsole: "コンソール自身の呼び出しを表示",
  about: "対象",
  pool: "ユーザープール",
  client: "アプリケーションクライアント",
  user: "ユーザー",
  sourceIp: "送信元 IP アドレス",
  userAgent: "ユーザーエージェント",
  request: "リクエスト (シークレットを除く)",
  answer: "レスポンス (シークレットを除く)",
  notKept: "この呼び出しの内容は、保持期間を過ぎたか、サイズが大きいため表示できません。",
  clear: "クリア",
  pause: "一時停止",
  resume: "再開",
  connecting: "接続中",
  none: "呼び出しはまだありません",
  noneHint: "サーバーが応答すると、ここに表示されます。",
  nobody: "なし",
  time: "時刻",
  service: "サービス",
  operation: "オペレーション",
  caller: "呼び出し元",
  decision: "判定",
  decisions: {
    allowed: "許可",
    denied: "拒否",
    open: "署名不要",
    unknown: "署名を拒否",
  },
  status: "ステータス",
  duration: "所要時間",
  milliseconds: (value) => (value < 1 ? "1 ミリ秒未満" : `${Math.round(value)} ミリ秒`),
  requestId: "リクエスト ID",
  states: { connecting: "接続中", live: "ライブ", broken: "切断", paused: "一時停止中" },
};

export const inbox: Messages["inbox"] = {
  title: "受信トレイ",
  description: "E メールと SMS で送信されるはずのメッセージです。このマシンの外には送信されません。",
  subject: "件名",
  to: "宛先",
  user: "ユーザー",
  medium: "配信方法",
  media: { EMAIL: "E メール", SMS: "SMS" },
  purpose: "送信した操作",
  pool: "ユーザープール",
  sent: "送信時刻",
  message: "メッセージ",
  source: "ソース",
  none: "メッセージがありません",
  noneHint: "E メールで招待を送信してユーザーを作成すると、ここに届きます。",
  deleted: "メッセージが削除されました。",
  deleteAll: "すべて削除",
  deleteAllQuestion: "受信トレイのすべてのメッセージが削除されます。",
  allDeleted: "受信トレイが空になりました。",
};

const HOUR = 3600 * 1000;

export const clock: Messages["clock"] = {
  title: "時計",
  description: "サーバーの時刻を動かして、トークン、セッション、仮パスワードの有効期限を確認します。",
  now: "現在",
  serverTime: "サーバーの時刻",
  offset: "システムの時刻との差",
  offsetBy: (milliseconds) => {
    if (milliseconds === 0) return "差なし";
    const days = Math.trunc(milliseconds / (24 * HOUR));
    const hours = (milliseconds % (24 * HOUR)) / HOUR;
    return [days === 0 ? "" : `${days} 日`, hours === 0 ? "" : `${Number(hours.toFixed(2))} 時間`]
      .filter((part) => part !== "")
      .join(" ");
  },
  advance: "時刻を進める",
  advanceHint: "Cognito の有効期限でよく使われる時間です。",
  steps: { minutes3: "3 分", hour: "1 時間", day: "1 日", week: "7 日", month: "30 日" },
  set: "時刻を設定",
  setHint: "設定した時刻から進みます。",
  time: "時刻",
  timeRule: "2030-01-31T12:00:00Z のような日時を入力してください。",
  reset: "システムの時刻に戻す",
  moved: (time) => `サーバーの時刻が ${time} になりました。`,
  note: "API 呼び出しの署名とこのコンソールのセッションは、システムの時刻に従うため影響を受けません。",
};
