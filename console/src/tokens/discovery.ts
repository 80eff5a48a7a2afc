/** A pool's public documents, read as any verifier reads them. */

export interface Discovery {
  readonly issuer: string;
  readonly jwksUri: string;
}

/** @throws Error the server does not know the pool */
export async function fetchDiscovery(poolId: string): Promise<Discovery> {
  const document = await fetchJson<{ issuer: string; jwks_uri: string }>(
    `/${encodeURIComponent(poolId)}/.well-known/openid-configuration`,
  );
  return { issuer: document.issuer, jwksUri: document.jwks_uri };
}

export interface PublicKey extends JsonWebKey {
  readonly kid: string;
}

export async function fetchKeys(poolId: string): Promise<readonly PublicKey[]> {
  const { keys } = await fetchJson<{ keys: PublicKey[] }>(
    `/${encodeURIComponent(poolId)}/.well-known/jwks.json`,
  );
  return keys;
}

async function fetchJson<T>(path: string): Promise<T> {
  const response = await fetch(path, { credentials: "omit" });
  const answer = (await response.json()) as T & { message?: string };
  if (!response.ok) throw new Error(answer.message ?? response.statusText);
  return answer;
}
