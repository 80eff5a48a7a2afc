/** In place of the whole console where not even its texts could be loaded: so these are in both languages. */
export function ConsoleFailure() {
  return (
    <main className="console-failure">
      <p>The console could not be loaded. Check that the server is running, then load this page again.</p>
      <p lang="ja">
        コンソールを読み込めませんでした。サーバーが動作していることを確認してから、ページを再読み込みしてください。
      </p>
      <button type="button" onClick={() => window.location.reload()}>
        Retry / 再試行
      </button>
    </main>
  );
}
