/**
 * A page's script that cannot be loaded: the server is not running, or was updated and has other files now. Only
 * loading the whole console again helps, because a browser caches the failure of a module.
 *
 * @see Vite, "Load Error Handling"
 */

const RELOADED_AT = "cognate-console-reloaded-at";

/** A script that is still missing after the reload is no reason for another one. */
const RELOAD_INTERVAL_MILLISECONDS = 30_000;

/** Reloads by itself when the server has other files than this page expects. */
export function reloadWhenScriptsAreMissing(): void {
  window.addEventListener("vite:preloadError", () => {
    const before = Number(sessionStorage.getItem(RELOADED_AT));
    if (Date.now() - before > RELOAD_INTERVAL_MILLISECONDS) void reloadIfServerAnswers();
  });
}

/** Loads the console again at the same address. Without a server there would be nothing to load. @returns whether it does */
export async function reloadIfServerAnswers(): Promise<boolean> {
  const answer = await fetch(import.meta.env.BASE_URL, { cache: "no-store" }).catch(() => undefined);
  if (answer?.ok !== true) return false;
  sessionStorage.setItem(RELOADED_AT, String(Date.now()));
  window.location.reload();
  return true;
}
