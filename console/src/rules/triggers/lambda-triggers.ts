/** The triggers of a pool as the console edits them, each by itself. */
import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";

/** In the console's order. */
export const triggerNames = [
  "PreSignUp",
  "PostConfirmation",
  "PreAuthentication",
  "PostAuthentication",
  "PreTokenGeneration",
  "CustomMessage",
  "DefineAuthChallenge",
  "CreateAuthChallenge",
  "VerifyAuthChallengeResponse",
  "UserMigration",
  "CustomEmailSender",
  "CustomSMSSender",
  "InboundFederation",
] as const;

export type TriggerName = (typeof triggerNames)[number];

/** The versions of the event of PreTokenGeneration. The other triggers have one. */
export const tokenEventVersions = ["V1_0", "V2_0", "V3_0"] as const;

export interface TriggerValues {
  /** Empty for no function. */
  readonly arn: string;
  /** Of PreTokenGeneration. */
  readonly version: (typeof tokenEventVersions)[number];
  /** Of the custom senders: the key that codes are encrypted under. Both share it. */
  readonly keyArn: string;
}

export const isSender = (name: TriggerName) => name === "CustomEmailSender" || name === "CustomSMSSender";

export function triggerValues(config: LambdaConfigType = {}, name: TriggerName): TriggerValues {
  return {
    arn: triggerArn(config, name) ?? "",
    version: config.PreTokenGenerationConfig?.LambdaVersion ?? "V1_0",
    keyArn: config.KMSKeyID ?? "",
  };
}

export function triggerArn(config: LambdaConfigType = {}, name: TriggerName): string | undefined {
  switch (name) {
    case "PreTokenGeneration":
      return config.PreTokenGenerationConfig?.LambdaArn ?? config.PreTokenGeneration;
    case "CustomEmailSender":
    case "CustomSMSSender":
    case "InboundFederation":
      return config[name]?.LambdaArn;
    default:
      return config[name];
  }
}

/** The whole LambdaConfig with one trigger set, or removed by an empty ARN. */
export function withTrigger(
  config: LambdaConfigType = {},
  name: TriggerName,
  { arn, version, keyArn }: TriggerValues,
): LambdaConfigType {
  const { [name]: _before, ...others } = config;
  switch (name) {
    case "PreTokenGeneration": {
      const { PreTokenGenerationConfig: _config, ...rest } = others as LambdaConfigType;
      if (arn === "") return rest;
      const PreTokenGenerationConfig = { LambdaVersion: version, LambdaArn: arn };
      return { ...rest, PreTokenGeneration: arn, PreTokenGenerationConfig };
    }
    case "InboundFederation":
      return arn === "" ? others : { ...others, [name]: { LambdaVersion: "V1_0", LambdaArn: arn } };
    case "CustomEmailSender":
    case "CustomSMSSender":
      return arn === ""
        ? others
        : { ...others, KMSKeyID: keyArn, [name]: { LambdaVersion: "V1_0", LambdaArn: arn } };
    default:
      return arn === "" ? others : { ...others, [name]: arn };
  }
}

const FUNCTION_ARN = /^arn:[\w+=/,.@-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;
const KEY_ARN = /^arn:[\w+=/,.@-]+:kms:[\w-]+:\d{12}:(key|alias)\/[\w/-]+$/;

export const isFunctionArn = (value: string) => FUNCTION_ARN.test(value);
export const isKeyArn = (value: string) => KEY_ARN.test(value);

/**
 * The ARN of a key that no other pool uses. This server replaces KMS for all keys that pools name, so none has to be
 * created.
 */
export function newKeyArn(region: string, accountId: string): string {
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return `arn:aws:kms:${region}:${accountId}:key/${id}`;
}
