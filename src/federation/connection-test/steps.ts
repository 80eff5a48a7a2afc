import { OutboundFailure } from "../../outbound/index.ts";
import type { ConnectionReport, Step, StepName, StepStatus } from "./connection-report.ts";

export function step(name: StepName, status: StepStatus, reason?: string, detail?: string): Step {
  return {
    name,
    status,
    ...(reason !== undefined && { reason }),
    ...(detail !== undefined && { detail }),
  };
}

/** Codes of OpenSSL and Node.js for a certificate that is not trusted, or not for the host. */
const TLS_CODES =
  /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ERR_TLS|ERR_SSL|HOSTNAME_MISMATCH|EPROTO|altname/i;

/** Why a request got no answer, without more than the address that it went to. */
export function failureOf(error: unknown): { readonly reason: string; readonly detail: string } {
  if (!(error instanceof OutboundFailure)) return { reason: "unreachable", detail: "" };
  const { kind, message } = error;
  if (kind === "refused address") return { reason: "addressNotAllowed", detail: message };
  if (kind === "timed out" || kind === "read timed out") return { reason: "timedOut", detail: message };
  if (kind === "too long") return { reason: "answerTooLong", detail: message };
  if (/ENOTFOUND|EAI_AGAIN|No address/.test(message)) return { reason: "nameNotFound", detail: message };
  if (TLS_CODES.test(message)) return { reason: "tls", detail: message };
  return { reason: "unreachable", detail: message };
}

const MAX_SKEW_SECONDS = 60;

/** Compares the `Date` of an answer with this server's clock, by which tokens and assertions are judged. */
export function clockStep(date: string | null | undefined, now: number): Step {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) return step("clock", "skipped", "noDate");
  const seconds = Math.round((theirs - now) / 1000);
  return Math.abs(seconds) > MAX_SKEW_SECONDS
    ? step("clock", "warning", "clockDiffers", String(seconds))
    : step("clock", "ok", undefined, String(seconds));
}

/** The reports of a provider's steps, with the verdict. */
export function report(
  { name, type }: { readonly name: string; readonly type: string },
  steps: readonly Step[],
): ConnectionReport {
  return {
    providerName: name,
    providerType: type,
    canSignIn: steps.every(({ status }) => status !== "failed"),
    steps,
  };
}
