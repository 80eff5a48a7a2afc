/**
 * A bounded queue that several askers share. They take turns, so that one who asks for much does not keep the others waiting for
 * all of it, and does not take their places when the queue is full.
 */
export interface FairQueue<Item> {
  /**
   * @returns the item that has no place, if the queue was full: the newest of the asker who has the most, which can be this one
   */
  add(asker: string, item: Item): Item | undefined;
  /** The oldest item of the asker whose turn it is. */
  take(): Item | undefined;
}

export function createFairQueue<Item>(maxLength: number): FairQueue<Item> {
  /** By asker, who are in the order of their turns. */
  const waiting = new Map<string, Item[]>();
  let length = 0;
  return {
    add(asker, item) {
      const own = waiting.get(asker) ?? [];
      own.push(item);
      waiting.set(asker, own);
      if (length < maxLength) {
        length += 1;
        return undefined;
      }
      let most = own;
      for (const items of waiting.values()) if (items.length > most.length) most = items;
      const refused = most.pop();
      if (own.length === 0) waiting.delete(asker);
      return refused;
    },
    take() {
      const [turn] = waiting;
      if (turn === undefined) return undefined;
      const [asker, items] = turn;
      const item = items.shift();
      waiting.delete(asker);
      if (items.length > 0) waiting.set(asker, items);
      length -= 1;
      return item;
    },
  };
}
