import type { AuditLog } from "../audit-log/index.ts";
import type { Answered } from "../http/index.ts";
import { formOf, isForm, poolOfDomain, queryOf, UnclearParameters } from "../oauth/index.ts";
import { isPoolId } from "../pool-ids.ts";
import type { Ports } from "./ports.ts";

/** Hands a request to an endpoint beside the API to the audit log, which knows the endpoints that it records. */
export function recordRequest(
  { method, route, status, request, reply }: Answered,
  auditLog: AuditLog,
  { clock, store }: Pick<Ports, "clock" | "store">,
): void {
  if (route === undefined) return;
  const path = route.replace(/^\/:poolId(?=\/)/, "");
  auditLog.noteRequest({ method, path, at: clock.now() }, async () => ({
    status,
    host: request.host,
    parameters: parametersOf(request),
    requestId: textOf(reply.getHeader("x-amz-cognito-request-id")),
    sourceIp: request.ip,
    userAgent: request.headers["user-agent"],
    // Last, because the address of a connection that is closed meanwhile is no longer known.
    poolId: await poolOf(request.params, request.host, store),
  }));
}

/** A request at the root of the server names a pool only by its host. */
async function poolOf(params: unknown, host: string, store: Ports["store"]): Promise<string | undefined> {
  const { poolId } = params as { poolId?: string };
  if (poolId !== undefined) return isPoolId(poolId) ? poolId : undefined;
  return poolOfDomain(host, store);
}

/** None if they are so many, so long or so unclear that the endpoint refused them. */
function parametersOf(request: Answered["request"]): Iterable<readonly [string, string]> {
  try {
    // Another body, such as JSON by mistake, would become the name of a parameter.
    return isForm(request) ? formOf(request) : queryOf(request);
  } catch (error) {
    if (error instanceof UnclearParameters) return [];
    throw error;
  }
}

function textOf(header: unknown): string | undefined {
  return typeof header === "string" ? header : undefined;
}
