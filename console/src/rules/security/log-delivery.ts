/** Log delivery: from a pool's configurations to a form, and from the form to a request. */
import type { LogConfigurationType } from "@aws-sdk/client-cognito-identity-provider";

export const destinationKinds = ["logGroup", "bucket", "stream"] as const;
export type DestinationKind = (typeof destinationKinds)[number];

export interface LogValues {
  readonly isOn: boolean;
  readonly kind: DestinationKind;
  readonly arn: string;
}

type EventSource = NonNullable<LogConfigurationType["EventSource"]>;

export function logValuesOf(configurations: readonly LogConfigurationType[], source: EventSource): LogValues {
  const found = configurations.find(({ EventSource }) => EventSource === source);
  const arns: Readonly<Record<DestinationKind, string | undefined>> = {
    logGroup: found?.CloudWatchLogsConfiguration?.LogGroupArn,
    bucket: found?.S3Configuration?.BucketArn,
    stream: found?.FirehoseConfiguration?.StreamArn,
  };
  const kind = destinationKinds.find((name) => arns[name] !== undefined) ?? "logGroup";
  return { isOn: found !== undefined, kind, arn: arns[kind] ?? "" };
}

/** The pool's configurations with those of one source replaced. */
export function withLog(
  configurations: readonly LogConfigurationType[],
  source: EventSource,
  { isOn, kind: chosen, arn }: LogValues,
): LogConfigurationType[] {
  const others = configurations.filter(({ EventSource }) => EventSource !== source);
  if (!isOn) return others;
  // Somebody else may have chosen another kind while a form had this ARN.
  const kind = destinationKinds.find((one) => isDestinationArn(one, arn)) ?? chosen;
  const changed: LogConfigurationType = {
    EventSource: source,
    LogLevel: source === "userNotification" ? "ERROR" : "INFO",
    ...(kind === "logGroup" && { CloudWatchLogsConfiguration: { LogGroupArn: arn } }),
    ...(kind === "bucket" && { S3Configuration: { BucketArn: arn } }),
    ...(kind === "stream" && { FirehoseConfiguration: { StreamArn: arn } }),
  };
  return source === "userNotification" ? [changed, ...others] : [...others, changed];
}

const FORMS: Readonly<Record<DestinationKind, RegExp>> = {
  logGroup: /^arn:aws[\w-]*:logs:[\w-]+:\d{12}:log-group:[\w./#-]+$/,
  bucket: /^arn:aws[\w-]*:s3:::[a-z0-9.-]{3,63}$/,
  stream: /^arn:aws[\w-]*:firehose:[\w-]+:\d{12}:deliverystream\/[\w.-]+$/,
};

export function isDestinationArn(kind: DestinationKind, arn: string): boolean {
  return FORMS[kind].test(arn);
}

/** An example in an empty field and in its error. */
export function sampleArn(kind: DestinationKind, accountId: string, region: string): string {
  switch (kind) {
    case "logGroup":
      return `arn:aws:logs:${region}:${accountId}:log-group:cognito`;
    case "bucket":
      return "arn:aws:s3:::cognito-logs";
    case "stream":
      return `arn:aws:firehose:${region}:${accountId}:deliverystream/cognito`;
  }
}
