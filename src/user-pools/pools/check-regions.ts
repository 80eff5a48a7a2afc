/**
 * Resources of other services that a pool names must be in regions that Cognito works with. Roles of other accounts are
 * accepted, unlike in Cognito: nothing is ever done with them here.
 */
import { InvalidParameterException } from "../../api-model/index.ts";
import type { UserPoolSettings } from "../../storage/index.ts";

/** Where identities of Amazon SES may be; those of a pool's own messages may also be in its region. */
export const SENDER_REGIONS = ["eu-west-1", "us-east-1", "us-west-2"];

/** Scripts for other emulators sign for these; `dev` alone accepts them. */
const PSEUDO_REGIONS = new Set(["local", "localhost"]);

/**
 * @param region the pool's
 * @throws InvalidParameterException
 */
export function checkRegions(settings: UserPoolSettings, region: string): void {
  if (PSEUDO_REGIONS.has(region)) return;
  checkSender(settings, region);
  checkSmsRegion(settings, region);
  checkFunctions(settings, region);
  checkKeyRegion(settings, region);
}

function checkSender({ EmailConfiguration }: UserPoolSettings, region: string): void {
  const { SourceArn, From } = EmailConfiguration ?? {};
  const allowed = [...new Set([...SENDER_REGIONS, region])].sort();
  if (SourceArn !== undefined && !allowed.includes(regionOfArn(SourceArn))) {
    throw new InvalidParameterException(
      `Invalid EmailConfiguration.SourceArn. Provided SourceArn must be in one of the following SES regions: ${allowed.join(", ")}.`,
    );
  }
  if (From !== undefined && !/^[^<>@\s]+@[^<>@\s]+$|^[^<>]*<[^<>@\s]+@[^<>@\s]+>$/.test(From)) {
    throw new InvalidParameterException("Provided From email address is invalid");
  }
}

/**
 * Which regions of Amazon SNS pools elsewhere can use is not known.
 *
 * @param region the pool's
 * @throws InvalidParameterException
 */
export function checkSmsRegion({ SmsConfiguration }: UserPoolSettings, region: string): void {
  if (PSEUDO_REGIONS.has(region)) return;
  const { SnsRegion, EumsSms } = SmsConfiguration ?? {};
  if (EumsSms?.Region !== undefined && EumsSms.Region !== region) {
    // API Reference, "EumsSmsConfigurationType". The text is ours, after the one for Amazon SNS.
    throw new InvalidParameterException(
      `Invalid EumsSms.Region. Allowed End User Messaging region for ${region} is ${region}`,
    );
  }
  if (region !== "us-east-1" || SnsRegion === undefined || SnsRegion === region) return;
  throw new InvalidParameterException(`Invalid snsRegion. Allowed SNS region for ${region} is ${region}`);
}

function checkFunctions({ LambdaConfig }: UserPoolSettings, region: string): void {
  const { KMSKeyID, ...triggers } = LambdaConfig ?? {};
  const arns = Object.values(triggers).map((trigger) =>
    typeof trigger === "string" ? trigger : trigger?.LambdaArn,
  );
  if (arns.some((arn) => arn !== undefined && regionOfArn(arn) !== region)) {
    throw new InvalidParameterException("Cross-region lambda functions are not supported");
  }
  if (KMSKeyID !== undefined && regionOfArn(KMSKeyID) !== region) {
    throw new InvalidParameterException(
      `Encountered error when CreateGrant was attempted on the input KMS key - Invalid arn ${regionOfArn(KMSKeyID)}`,
    );
  }
}

/** Developer Guide, "Data protection in Amazon Cognito": the key is in the region of the pool. The text is ours. */
function checkKeyRegion({ KeyConfiguration }: UserPoolSettings, region: string): void {
  const { KmsKeyArn } = KeyConfiguration ?? {};
  if (KmsKeyArn === undefined || regionOfArn(KmsKeyArn) === region) return;
  throw new InvalidParameterException(`The KMS key of a user pool must be in its region, ${region}.`);
}

export function regionOfArn(arn: string): string {
  return arn.split(":")[3] ?? "";
}
