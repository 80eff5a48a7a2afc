import type { LogConfigurationType } from "../../api-model/index.ts";
import type { DocumentKey, Repositories } from "../../storage/index.ts";

/** The stored configuration of a pool. */
interface LogDeliveryBody {
  readonly LogConfigurations: LogConfigurationType[];
}

export function logDeliveryKey(poolId: string): DocumentKey {
  return { poolId, kind: "LogDelivery", id: "" };
}

/** The logs that a pool delivers: one for each event source at most. */
export async function logConfigurationsOf(
  { documents }: Pick<Repositories, "documents">,
  poolId: string,
): Promise<LogConfigurationType[]> {
  return (await documents.get<LogDeliveryBody>(logDeliveryKey(poolId)))?.body.LogConfigurations ?? [];
}

/** The ARN that a log goes to; undefined where the configuration names none. */
export function destinationOf({
  CloudWatchLogsConfiguration,
  S3Configuration,
  FirehoseConfiguration,
}: LogConfigurationType): string | undefined {
  return (
    CloudWatchLogsConfiguration?.LogGroupArn ?? S3Configuration?.BucketArn ?? FirehoseConfiguration?.StreamArn
  );
}
