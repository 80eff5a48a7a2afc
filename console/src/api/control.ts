/** The server's own small API for this console, under /console/api. */

/** An answer that is not a success; the message is the server's. */
export class ControlError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = status === 403 ? "AccessDeniedException" : "ControlError";
    this.status = status;
  }
}

/** Called when the server reports that the session is missing or over. */
let onSignedOut = () => {};

export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/** The path of something about a pool. */
export const ofPool = (poolId: string, path: string) => `user-pools/${encodeURIComponent(poolId)}/${path}`;

/** The path of something about a user. */
export const ofUser = (poolId: string, sub: string, path: string) =>
  ofPool(poolId, `users/${encodeURIComponent(sub)}/${path}`);

export async function control<Answer>(
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: object,
): Promise<Answer> {
  const response = await requestControl(path, {
    method,
    ...(method === "POST" ? { body: JSON.stringify(body ?? {}) } : {}),
  });
  return (await response.json()) as Answer;
}

/** @throws ControlError the answer is not a success */
export async function requestControl(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`/console/api/${path}`, {
    ...init,
    credentials: "same-origin",
    headers: {
      "x-cognate-console": "1",
      ...(init.body === undefined ? {} : { "content-type": "application/json" }),
    },
  });
  if (response.ok) return response;
  const answer = (await response.json().catch(() => ({}))) as { message?: string };
  if (response.status === 401 && path !== "sign-in") onSignedOut();
  throw new ControlError(response.status, answer.message ?? response.statusText);
}

export interface Me {
  readonly mode: "dev" | "serve";
  readonly version: string;
  readonly accountId: string;
  readonly region: string;
  readonly endpoint: string;
  readonly hasInbox: boolean;
  readonly awsFiles?: { readonly config: string; readonly credentials: string };
  readonly signedIn: boolean;
  /** Whether this user needs no sign-in. */
  readonly canSkipSignIn: boolean;
  readonly arn?: string;
  readonly userName?: string;
  /** Whether this is the local administrator, without a sign-in. */
  readonly isLocal?: boolean;
}

export const getMe = () => control<Me>("GET", "me");

export type SignInForm =
  | { readonly userName: string; readonly password: string; readonly newPassword?: string }
  | { readonly accessKeyId: string; readonly secretAccessKey: string };

/** No session exists until a required password change: the form is then sent again with the new password. */
export const signIn = (form: SignInForm) =>
  control<{ readonly arn: string } | { readonly mustChangePassword: true }>("POST", "sign-in", form);
export const signOut = () => control("POST", "sign-out");

export interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: string;
  readonly now: string;
}

export const issueCredentials = () => control<IssuedCredentials>("POST", "credentials");

export interface InboxMessage {
  readonly id: string;
  readonly poolId: string;
  readonly username: string;
  readonly medium: "EMAIL" | "SMS";
  readonly destination: string;
  readonly subject?: string;
  readonly body: string;
  readonly purpose: string;
  /** The code in the message, of those that have one. */
  readonly code?: string;
  readonly sentAt: number;
}

export const listInbox = (limit: number, after: string | undefined) =>
  control<{ messages: InboxMessage[]; next?: string }>(
    "GET",
    `inbox?${new URLSearchParams({ limit: String(limit), ...(after === undefined ? {} : { after }) })}`,
  );
export const deleteMessage = (id: string) => control("DELETE", `inbox/${encodeURIComponent(id)}`);
export const deleteAllMessages = () => control("DELETE", "inbox");

export interface ClockState {
  readonly now: string;
  readonly offsetMilliseconds: number;
  readonly stopped: boolean;
  /** How many snapshots the server has restored: what was loaded before the last one is out of date. */
  readonly restores: number;
}

export const getClock = () => control<ClockState>("GET", "clock");
export const commandClock = (command: { advanceSeconds: number } | { now: string } | { stopped: boolean }) =>
  control<ClockState>("POST", "clock", command);
export const resetClock = () => control<ClockState>("DELETE", "clock");

export interface Snapshot {
  readonly name: string;
  readonly takenAt: number;
  readonly bytes: number;
}

const snapshotPath = (name: string) => `snapshots/${encodeURIComponent(name)}`;
export const listSnapshots = () => control<{ snapshots: Snapshot[] }>("GET", "snapshots");
export const takeSnapshot = (name: string, replace: boolean) =>
  control<Snapshot>("POST", snapshotPath(name), { replace });
export const restoreSnapshot = (name: string) => control("POST", `${snapshotPath(name)}/restore`);
export const deleteSnapshot = (name: string) => control("DELETE", snapshotPath(name));

export interface UserSession {
  readonly originJti: string;
  readonly clientId: string;
  readonly authenticatedAt: number;
  readonly refreshExpiresAt: number;
  readonly scope: string;
}

export const listUserSessions = (poolId: string, sub: string) =>
  control<{ sessions: UserSession[]; isComplete: boolean }>("GET", ofUser(poolId, sub, "sessions"));
export const revokeUserSession = (poolId: string, sub: string, originJti: string) =>
  control("DELETE", ofUser(poolId, sub, `sessions/${encodeURIComponent(originJti)}`));
