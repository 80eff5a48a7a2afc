import type { ICognitoStorage } from "amazon-cognito-identity-js";

/** A browser's local storage, of one page that nobody else shares. */
export function inMemoryStorage(): ICognitoStorage {
  const items = new Map<string, string>();
  return {
    setItem: (key, value) => void items.set(key, value),
    getItem: (key) => items.get(key) ?? null,
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}
