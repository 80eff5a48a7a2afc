export interface LineChange {
  readonly sign: "+" | "-" | " ";
  readonly line: string;
}

/** So many unchanged lines are shown beside those that have changed. */
const CONTEXT_LINES = 2;

/** The lines that a text has lost and gained, with their neighbours. */
export function lineChanges(before: string, now: string): readonly LineChange[] {
  const all = aligned(linesOf(before), linesOf(now));
  return all.filter((_, index) =>
    all.slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1).some(({ sign }) => sign !== " "),
  );
}

const linesOf = (text: string) => (text === "" ? [] : text.split("\n"));

/** The longest common part of both stays; what is not in it is gone or new. */
function aligned(before: readonly string[], now: readonly string[]): readonly LineChange[] {
  // common[i][j]: how many lines before.slice(i) and now.slice(j) have in common.
  const common = Array.from({ length: before.length + 1 }, () => new Uint16Array(now.length + 1));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--) {
      const row = common[i];
      if (row) row[j] = before[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const changes: LineChange[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < now.length) {
    const [old, next] = [before[i], now[j]];
    if (old !== undefined && old === next) {
      changes.push({ sign: " ", line: old });
      i++;
      j++;
    } else if (old !== undefined && (next === undefined || at(i + 1, j) >= at(i, j + 1))) {
      changes.push({ sign: "-", line: old });
      i++;
    } else if (next !== undefined) {
      changes.push({ sign: "+", line: next });
      j++;
    }
  }
  return changes;
}
