/**
 * The operations on threat protection. Its rules are in `src/user-pools/risk`.
 */
import type { OperationTable } from "../../operation.ts";
import { adminListUserAuthEvents } from "./admin-list-user-auth-events.ts";
import { adminUpdateAuthEventFeedback } from "./admin-update-auth-event-feedback.ts";
import { describeRiskConfiguration } from "./describe-risk-configuration.ts";
import { setRiskConfiguration } from "./set-risk-configuration.ts";
import { updateAuthEventFeedback } from "./update-auth-event-feedback.ts";

export const threatProtectionOperations = {
  AdminListUserAuthEvents: adminListUserAuthEvents,
  AdminUpdateAuthEventFeedback: adminUpdateAuthEventFeedback,
  DescribeRiskConfiguration: describeRiskConfiguration,
  SetRiskConfiguration: setRiskConfiguration,
  UpdateAuthEventFeedback: updateAuthEventFeedback,
} satisfies Partial<OperationTable>;
