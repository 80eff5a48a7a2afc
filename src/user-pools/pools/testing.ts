/** The settings of a new pool, for tests: checked as CreateUserPool checks them. */
import type { CreateUserPoolRequest } from "../../api-model/index.ts";
import type { UserPoolSettings } from "../../storage/index.ts";
import { checkPoolSettings } from "./check-settings.ts";
import { newPoolSettings } from "./settings.ts";

export const SNS = { SnsCallerArn: "arn:aws:iam::123456789012:role/sns" };

export function settingsOf(input: Omit<CreateUserPoolRequest, "PoolName">): UserPoolSettings {
  const settings = newPoolSettings({ PoolName: "pool", ...input }, "us-east-1");
  checkPoolSettings(settings);
  return settings;
}
