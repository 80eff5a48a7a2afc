/** amazon-cognito-identity-js as a browser has it: with a storage that nobody else shares, at a test server. */
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from "amazon-cognito-identity-js";
import { inMemoryStorage } from "./browser-storage.ts";
import type { TestServer } from "./server.ts";

interface Ids {
  readonly poolId: string;
  readonly clientId: string;
}

export function openUserPool({ url }: TestServer, { poolId, clientId }: Ids, Storage = inMemoryStorage()) {
  const Pool = new CognitoUserPool({ UserPoolId: poolId, ClientId: clientId, endpoint: url, Storage });
  return { Pool, userOf: (Username: string) => new CognitoUser({ Username, Pool, Storage }) };
}

/** Signs a user in by SRP who is asked for nothing else. */
export function signInBySrp(user: CognitoUser, Password: string): Promise<unknown> {
  const details = new AuthenticationDetails({ Username: user.getUsername(), Password });
  return new Promise((onSuccess, onFailure) => user.authenticateUser(details, { onSuccess, onFailure }));
}
