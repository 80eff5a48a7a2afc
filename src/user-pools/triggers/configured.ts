import type { UserPoolRecord } from "../../storage/index.ts";
import type { TriggerSource } from "./sources.ts";

/** A function that a pool names for a trigger source. */
export interface ConfiguredFunction {
  /** The trigger's name, as in `LambdaConfig` and in error texts. */
  readonly trigger: string;
  readonly arn: string;
  /** Of the event. Only PreTokenGeneration has others than the first. */
  readonly version: "1" | "2" | "3";
}

const EVENT_VERSIONS = { V1_0: "1", V2_0: "2", V3_0: "3" } as const;

/** The function of a pool for a trigger source; undefined when the pool has none. */
export function configuredFunction(
  { settings: { LambdaConfig = {} } }: UserPoolRecord,
  source: TriggerSource,
): ConfiguredFunction | undefined {
  const [prefix = ""] = source.split("_");
  switch (prefix) {
    case "TokenGeneration": {
      const { LambdaArn: arn = LambdaConfig.PreTokenGeneration, LambdaVersion = "V1_0" } =
        LambdaConfig.PreTokenGenerationConfig ?? {};
      const version = EVENT_VERSIONS[LambdaVersion];
      if (!arn || (source === "TokenGeneration_ClientCredentials" && version !== "3")) return undefined;
      return { trigger: "PreTokenGeneration", arn, version };
    }
    case "CustomEmailSender":
    case "CustomSMSSender":
    case "InboundFederation": {
      const arn = LambdaConfig[prefix]?.LambdaArn;
      return arn ? { trigger: prefix, arn, version: "1" } : undefined;
    }
    default: {
      const arn = (LambdaConfig as Readonly<Record<string, unknown>>)[prefix];
      return typeof arn === "string" && arn !== "" ? { trigger: prefix, arn, version: "1" } : undefined;
    }
  }
}

/** Every function that a pool names, by the trigger's name: for warnings and the console. */
export function configuredFunctions(pool: UserPoolRecord): { trigger: string; arn: string }[] {
  const { KMSKeyID: _, PreTokenGeneration, ...triggers } = pool.settings.LambdaConfig ?? {};
  return Object.entries(triggers).flatMap(([name, value]) => {
    const arn = typeof value === "object" && value !== null ? value.LambdaArn : value;
    return arn ? [{ trigger: name.replace(/Config$/, ""), arn }] : [];
  });
}
