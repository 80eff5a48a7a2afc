import {
  type EventSourceName,
  FeatureUnavailableInTierException,
  InvalidParameterException,
  type LogConfigurationType,
  type LogLevel,
} from "../../api-model/index.ts";
import type { UserPoolSettings } from "../../storage/index.ts";
import { DEFAULT_TIER } from "../pools/index.ts";
import { destinationOf } from "./configuration.ts";

interface Place {
  readonly accountId: string;
  readonly region: string;
}

const LEVEL_OF: Readonly<Record<EventSourceName, LogLevel>> = {
  userNotification: "ERROR",
  userAuthEvents: "INFO",
};

/**
 * Checks the log configurations of a pool. The texts for a source that is named twice, for a log group elsewhere and
 * for the tier were recorded from Cognito in September 2026, as was that the tier comes first. The others are ours.
 *
 * @throws InvalidParameterException
 * @throws FeatureUnavailableInTierException
 * @see API Reference, "LogConfigurationType"
 */
export function checkLogConfigurations(
  configurations: readonly LogConfigurationType[],
  { UserPoolTier: tier = DEFAULT_TIER }: UserPoolSettings,
  place: Place,
): void {
  if (tier !== "PLUS" && configurations.some(({ EventSource }) => EventSource === "userAuthEvents"))
    throw new FeatureUnavailableInTierException(
      `The following feature is not available for the ${tier} pricing tier configured: Log Streaming`,
    );
  checkTogether(configurations, place);
  for (const configuration of configurations) checkPairing(configuration);
}

/** Cognito reports all faults of sources and destinations together. */
function checkTogether(configurations: readonly LogConfigurationType[], place: Place): void {
  const sources = configurations.map(({ EventSource }) => EventSource);
  const repeated = [...new Set(sources.filter((source, index) => sources.indexOf(source) !== index))];
  const faulty = configurations.flatMap((configuration) => destinationFaults(configuration, place));
  if (repeated.length === 0 && faulty.length === 0) return;
  throw new InvalidParameterException(
    [
      "Request validation Failed.",
      ...(repeated.length === 0
        ? []
        : [`Following event sources appear more then once in a request: [${repeated.join(", ")}].`]),
      ...(faulty.length === 0 ? [] : [`[${faulty.join(", ")}]`]),
    ].join(" "),
  );
}

function destinationFaults(
  { CloudWatchLogsConfiguration, S3Configuration, FirehoseConfiguration }: LogConfigurationType,
  place: Place,
): string[] {
  const checked = [
    ["CloudWatch log group", CloudWatchLogsConfiguration?.LogGroupArn, /^log-group:./, "logs"],
    ["Firehose stream", FirehoseConfiguration?.StreamArn, /^deliverystream\/./, "firehose"],
    ["S3 bucket", S3Configuration?.BucketArn, /^./, "s3"],
  ] as const;
  return checked.flatMap(([what, arn, resource, service]) => {
    if (arn === undefined) return [];
    const [, , ofService, region, account, ...rest] = arn.split(":");
    const faults = [
      ...(ofService !== service || !resource.test(rest.join(":")) ? [`ARN is not of a ${what}. `] : []),
      // The ARN of a bucket names neither.
      ...(service !== "s3" && account !== place.accountId
        ? ["ARN does not belong to invoking account. "]
        : []),
      ...(service !== "s3" && region !== place.region ? ["ARN does not belong to current region. "] : []),
    ];
    if (faults.length === 0) return [];
    return [`${what} arn ${arn} failed with the following validation errors: ${faults.join("")}`];
  });
}

/** @see API Reference, "LogConfigurationType": which level and which destination each source takes */
function checkPairing(configuration: LogConfigurationType): void {
  const { EventSource, LogLevel, CloudWatchLogsConfiguration, S3Configuration, FirehoseConfiguration } =
    configuration;
  const given = [CloudWatchLogsConfiguration, S3Configuration, FirehoseConfiguration].filter(
    (destination) => destination !== undefined,
  );
  if (given.length !== 1 || destinationOf(configuration) === undefined)
    throw invalid(`Exactly one destination is required for event source ${EventSource}.`);
  if (LogLevel !== LEVEL_OF[EventSource])
    throw invalid(`Log level ${LogLevel} is not supported for event source ${EventSource}.`);
  if (EventSource === "userNotification" && CloudWatchLogsConfiguration === undefined)
    throw invalid("Event source userNotification can only be delivered to CloudWatch Logs.");
}

function invalid(reason: string): InvalidParameterException {
  return new InvalidParameterException(`Request validation Failed. ${reason}`);
}
