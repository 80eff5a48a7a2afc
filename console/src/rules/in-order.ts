/**
 * Chosen values in the order in which checkboxes give them, with those that have none last. A choice that is taken back is then as it
 * was, and no unsaved change.
 */
export function inOrder<T extends string>(chosen: readonly T[], order: readonly T[]): readonly T[] {
  return [
    ...order.filter((value) => chosen.includes(value)),
    ...chosen.filter((value) => !order.includes(value)),
  ];
}
