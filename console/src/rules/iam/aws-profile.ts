/** Lines for the AWS config and credentials files that point the AWS CLI and the SDKs here. */

interface Place {
  readonly profile: string;
  readonly region: string;
  readonly endpoint: string;
}

/** `~/.aws/config` for a user's own access key. */
export function userConfig({ profile, region, endpoint }: Place): string {
  return `[profile ${profile}]
region = ${region}
cli_follow_urlparam = false
services = cognate

${servicesSection(endpoint)}`;
}

/** `~/.aws/config` for a role: in the profile itself, since the AssumeRole call takes its endpoint from there. */
export function roleConfig({
  profile,
  region,
  endpoint,
  roleArn,
}: Place & { readonly roleArn: string }): string {
  return `[profile ${profile}]
role_arn = ${roleArn}
source_profile = cognate
region = ${region}
cli_follow_urlparam = false
services = cognate

${servicesSection(endpoint)}`;
}

/** `~/.aws/credentials` and the profile beside it. */
export function credentialsText(
  place: Place & { readonly accessKeyId: string; readonly secretAccessKey: string },
): string {
  return `# ~/.aws/credentials
[${place.profile}]
aws_access_key_id = ${place.accessKeyId}
aws_secret_access_key = ${place.secretAccessKey}

# ~/.aws/config
${userConfig(place)}`;
}

function servicesSection(endpoint: string): string {
  return `[services cognate]
cognito_identity_provider =
  endpoint_url = ${endpoint}
sts =
  endpoint_url = ${endpoint}
iam =
  endpoint_url = ${endpoint}
`;
}
