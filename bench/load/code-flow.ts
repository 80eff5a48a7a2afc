/** The authorization code flow through the sign-in page, as a browser and a client take it. */
import type { Access } from "../subjects/target.ts";
import type { Connection, Response } from "./connection.ts";

export const CALLBACK_URL = "https://app.example.com/callback";

interface Flow {
  readonly port: Access["port"];
  readonly poolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
}

/** Opens the page, sends its form and exchanges the code. @returns the answer of the token endpoint */
export async function codeFlow(connection: Connection, flow: Flow): Promise<Response> {
  return exchangeCode(connection, flow, await signInOnPage(connection, flow));
}

/** Opens the page and sends its form. @returns the redirect to the client */
export async function signInOnPage(
  connection: Connection,
  { port, poolId, clientId, username, password }: Flow,
): Promise<Response> {
  const host = `127.0.0.1:${port}`;
  const login = `/${poolId}/login?${authorizationQuery(clientId)}`;

  const page = await connection.send(Buffer.from(`GET ${login} HTTP/1.1\r\nHost: ${host}\r\n\r\n`));
  const token = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? "";

  const form = { _csrf: token, username, password };
  return connection.send(post(host, login, form, `Cookie: XSRF-TOKEN=${token}\r\n`));
}

export function authorizationQuery(clientId: string): string {
  const parameters = {
    client_id: clientId,
    redirect_uri: CALLBACK_URL,
    response_type: "code",
    scope: "openid",
  };
  return String(new URLSearchParams(parameters));
}

/** @param redirect the redirect to the client, with the code */
export function exchangeCode(
  connection: Connection,
  { port, poolId, clientId }: Pick<Flow, "port" | "poolId" | "clientId">,
  redirect: Response,
): Promise<Response> {
  const code = /\r\nlocation: \S*[?&]code=([^&\s]+)/i.exec(redirect.head)?.[1] ?? "";
  const exchange = {
    client_id: clientId,
    redirect_uri: CALLBACK_URL,
    grant_type: "authorization_code",
    code,
  };
  return connection.send(post(`127.0.0.1:${port}`, `/${poolId}/oauth2/token`, exchange, ""));
}

export function post(
  host: string,
  path: string,
  form: Readonly<Record<string, string>>,
  moreHeaders: string,
): Buffer {
  const body = String(new URLSearchParams(form));
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n${moreHeaders}\r\n${body}`,
  );
}
