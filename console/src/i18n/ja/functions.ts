import type { Messages } from "../messages.ts";

export const functions: Messages["functions"] = {
  target: "ファイルまたはエンドポイント",
  endpoint: (url) => `Lambda API: ${url}`,
  nothing: (lookedFor = "サーバーに関数のフォルダ (--lambda-dir) が設定されていません") =>
    `見つかりません: ${lookedFor}`,
  leadsNowhere: "この関数はまだ存在しません",
  leadsNowhereHint: (lookedFor = "なし (サーバーに --lambda-dir が設定されていません)") =>
    `ARN は保存できますが、関数が存在するまでトリガーは失敗します。検索した場所: ${lookedFor}`,
  tryLabel: "呼び出す",
  tryWhat: (name) => `サンプルイベントで呼び出す: ${name}`,
  source: "トリガーソース",
  event: "イベント",
  eventHint: "架空のユーザーのイベントです。レスポンスによってユーザープールが変更されることはありません。",
  eventFault: "JSON オブジェクトを入力してください。",
  invoke: "呼び出す",
  answer: "レスポンス",
  answered: "成功",
  timedOut: "関数が 5 秒以内に応答しませんでした。",
  invocations: "最近の呼び出し",
  invocationsHint: "サーバーの起動後の最近の呼び出しです。シークレットは表示されません。",
  time: "時刻",
  result: "結果",
  duration: "所要時間",
  milliseconds: (value) => `${value} ミリ秒`,
  none: "呼び出しがありません",
  noneHint: "ユーザーがサインアップまたはサインインすると、ここに表示されます。",
  notKept: "保存されていません",
};
