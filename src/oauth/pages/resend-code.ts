/** `/resendcode`: another code for a sign-up that waits for confirmation. */
import type { FastifyReply } from "fastify";
import { ServiceException } from "../../api-model/index.ts";
import { callAsClient } from "./call.ts";
import { keepPageData, pageDataOf } from "./page-data.ts";
import { hrefOf, isFromOwnPage, type Visit } from "./visit.ts";

export async function takeResendCode(visit: Visit): Promise<FastifyReply> {
  const data = pageDataOf("confirm", visit);
  if (data !== undefined && isFromOwnPage(visit)) await resendCode(visit, data.username);
  return visit.reply.redirect(hrefOf(visit, "/confirm"), 302);
}

/** Sends an unconfirmed user another code, and passes the result to `/confirm`. */
export async function resendCode(visit: Visit, username: string): Promise<void> {
  try {
    const { CodeDeliveryDetails } = await callAsClient(
      "ResendConfirmationCode",
      { Username: username },
      visit,
    );
    keepPageData(visit, {
      page: "confirm",
      username,
      destination: CodeDeliveryDetails?.Destination,
      isEmail: CodeDeliveryDetails?.DeliveryMedium === "EMAIL",
      notice: "resent",
    });
  } catch (error) {
    if (!(error instanceof ServiceException)) throw error;
    keepPageData(visit, { page: "confirm", username, error: error.message });
  }
}
