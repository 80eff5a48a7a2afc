import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";

/** The triggers that a function's ARN alone sets, in the console's order. */
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
] as const;

export type TriggerName = (typeof triggerNames)[number];

export function triggerArn(config: LambdaConfigType | undefined, name: TriggerName): string | undefined {
  return name === "PreTokenGeneration"
    ? (config?.PreTokenGenerationConfig?.LambdaArn ?? config?.PreTokenGeneration)
    : config?.[name];
}

/** The whole LambdaConfig with one trigger set, or taken away by an empty ARN. The version of token events is kept. */
export function withTrigger(
  config: LambdaConfigType | undefined,
  name: TriggerName,
  arn: string,
): LambdaConfigType {
  const { [name]: _before, ...others } = config ?? {};
  if (name !== "PreTokenGeneration") return arn === "" ? others : { ...others, [name]: arn };
  const { PreTokenGenerationConfig: before, ...rest } = others as LambdaConfigType;
  if (arn === "") return rest;
  return {
    ...rest,
    PreTokenGeneration: arn,
    PreTokenGenerationConfig: { LambdaVersion: before?.LambdaVersion ?? "V1_0", LambdaArn: arn },
  };
}

const FUNCTION_ARN = /^arn:[\w+=/,.@-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;

export const isFunctionArn = (value: string) => FUNCTION_ARN.test(value);
