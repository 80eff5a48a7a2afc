/**
 * A bounded queue that several askers share. They take turns, so that one who asks for much does not keep the others waiting for
 * all of it, and does not take their places when the queue is full. Cheap items overtake expensive ones, so that many who ask for
 * expensive work do not keep others waiting either.
 */
export interface FairQueue<Item> {
  /**
   * @param cost how much work the item is, in comparison with others
   * @returns the item that has no place, if the queue was full: the newest of the asker whose items cost the most, which can be this one
   */
  add(asker: string, item: Item, cost?: number): Item | undefined;
  /** The cheapest item; among equal ones, and each fourth time, the oldest of the asker whose turn it is. */
  take(): Item | undefined;
}

interface Waiting<Item> {
  readonly item: Item;
  readonly cost: number;
}

/** How often the turn goes to an item that is not the cheapest, so that cheap ones cannot keep it waiting for ever. */
const TURNS_IN_ORDER_EVERY = 4;

export function createFairQueue<Item>(maxLength: number): FairQueue<Item> {
  /** By asker, who are in the order of their turns. */
  const waiting = new Map<string, Waiting<Item>[]>();
  let length = 0;
  let turns = 0;

  function cheapest(): { readonly asker: string; readonly index: number } | undefined {
    let found: { readonly asker: string; readonly index: number; readonly cost: number } | undefined;
    for (const [asker, items] of waiting) {
      for (const [index, { cost }] of items.entries()) {
        if (found === undefined || cost < found.cost) found = { asker, index, cost };
      }
    }
    return found;
  }

  function oldestOfTurn(): { readonly asker: string; readonly index: number } | undefined {
    const [asker] = waiting.keys();
    return asker === undefined ? undefined : { asker, index: 0 };
  }

  return {
    add(asker, item, cost = 1) {
      const own = waiting.get(asker) ?? [];
      own.push({ item, cost });
      waiting.set(asker, own);
      if (length < maxLength) {
        length += 1;
        return undefined;
      }
      let most = { items: own, cost: costOf(own) };
      for (const items of waiting.values()) {
        if (costOf(items) > most.cost) most = { items, cost: costOf(items) };
      }
      const refused = most.items.pop();
      for (const [each, { length: left }] of waiting) if (left === 0) waiting.delete(each);
      return refused?.item;
    },
    take() {
      // Counted from when the queue was last empty.
      turns = length === 0 ? 0 : turns + 1;
      const next = turns % TURNS_IN_ORDER_EVERY === 0 ? oldestOfTurn() : cheapest();
      if (next === undefined) return undefined;
      const items = waiting.get(next.asker) ?? [];
      const [taken] = items.splice(next.index, 1);
      waiting.delete(next.asker);
      if (items.length > 0) waiting.set(next.asker, items);
      length -= 1;
      return taken?.item;
    },
  };
}

function costOf(items: readonly Waiting<unknown>[]): number {
  return items.reduce((sum, { cost }) => sum + cost, 0);
}
