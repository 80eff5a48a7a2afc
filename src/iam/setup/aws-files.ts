/**
 * The texts of the two files that give AWS clients the endpoint of this server and an access key.
 *
 * @see AWS SDKs and Tools Reference Guide, "Shared config and credentials files"
 */
import type { Bootstrap } from "../principals/index.ts";

/** The profile of the bootstrap user, an administrator. */
const ADMINISTRATOR_PROFILE = "cognate";
/** The profile that assumes the role with AmazonCognitoPowerUser. */
const POWER_USER_PROFILE = "cognate-power-user";

/** A shared credentials file (`AWS_SHARED_CREDENTIALS_FILE`). It holds a secret: keep it from others (mode 0600). */
export function renderCredentialsFile({ id, secret }: NonNullable<Bootstrap["accessKey"]>): string {
  return `[${ADMINISTRATOR_PROFILE}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
}

/**
 * A config file (`AWS_CONFIG_FILE`) whose profiles reach this server for the three services that it has, and AWS for all
 * others.
 *
 * Both profiles set the endpoint: the AssumeRole call of a profile with `role_arn` uses the endpoint of that profile, not
 * of its `source_profile`. The session's name distinguishes installations: the AWS CLI caches assumed credentials in the home
 * folder by the AssumeRole input, and would otherwise send those of another installation.
 */
export function renderConfigFile({
  endpoint,
  region,
  roleArn,
  accessKey,
}: {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly region: string;
} & Pick<Bootstrap, "roleArn" | "accessKey">): string {
  // Version 1 of the AWS CLI would download the values of parameters that are URLs, such as --callback-urls.
  const common = [`region = ${region}`, "cli_follow_urlparam = false", "services = cognate"];
  return [
    `[profile ${ADMINISTRATOR_PROFILE}]`,
    ...common,
    "",
    `[profile ${POWER_USER_PROFILE}]`,
    `role_arn = ${roleArn}`,
    `source_profile = ${ADMINISTRATOR_PROFILE}`,
    ...(accessKey === undefined ? [] : [`role_session_name = cognate-${accessKey.id.slice(-8)}`]),
    ...common,
    "",
    "[services cognate]",
    ...["cognito_identity_provider", "sts", "iam"].flatMap((service) => [
      `${service} =`,
      `  endpoint_url = ${endpoint}`,
    ]),
    "",
  ].join("\n");
}
