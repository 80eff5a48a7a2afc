import {
  allowsAdminFlow,
  attributesOf,
  NEW_PASSWORD,
  type Quickstart,
  type QuickstartPlace,
  regionOf,
  shellWord,
  TEMPORARY_PASSWORD,
  usernameOf,
} from "./place.ts";

export function cliSetUp(place: QuickstartPlace): string {
  const profile =
    place.awsFiles === undefined
      ? [`export AWS_ENDPOINT_URL=${place.endpoint}`, "export AWS_PROFILE=cognate"]
      : [
          `export AWS_CONFIG_FILE=${shellWord(place.awsFiles.config)}`,
          `export AWS_SHARED_CREDENTIALS_FILE=${shellWord(place.awsFiles.credentials)}`,
          "export AWS_PROFILE=cognate-power-user",
        ];
  const secret = place.hasSecret
    ? [
        `CLIENT_SECRET=$(aws cognito-idp describe-user-pool-client --region ${regionOf(place)} \\`,
        `  --user-pool-id ${place.poolId} --client-id ${place.clientId} \\`,
        "  --query UserPoolClient.ClientSecret --output text)",
        `SECRET_HASH=$(printf %s '${usernameOf(place)}${place.clientId}' \\`,
        '  | openssl dgst -sha256 -hmac "$CLIENT_SECRET" -binary | openssl base64)',
      ]
    : [];
  return [...profile, `export AWS_REGION=${regionOf(place)}`, ...secret].join("\n");
}

/** `'USERNAME=jane,PASSWORD=…'`; the hash, where there is one, is the shell's to fill in. */
function cliMap(entries: readonly string[], { hasSecret }: QuickstartPlace): string {
  return hasSecret ? `"${entries.join(",")},SECRET_HASH=$SECRET_HASH"` : `'${entries.join(",")}'`;
}

export function createUserLines(place: QuickstartPlace): string {
  return `aws cognito-idp admin-create-user \\
  --user-pool-id ${place.poolId} \\
  --username ${usernameOf(place)} \\
  --user-attributes ${attributesOf(place)
    .map(([name, value]) => `Name=${name},Value=${value}`)
    .join(" ")} \\
  --temporary-password '${TEMPORARY_PASSWORD}' \\
  --message-action SUPPRESS`;
}

export const cli: Quickstart = {
  id: "cli",
  label: "AWS CLI",
  fits: allowsAdminFlow,
  steps: [
    { name: "setUp", lines: cliSetUp },
    {
      name: "createUser",
      lines: createUserLines,
    },
    {
      name: "signIn",
      lines: (place) => `SESSION=$(aws cognito-idp admin-initiate-auth \\
  --user-pool-id ${place.poolId} \\
  --client-id ${place.clientId} \\
  --auth-flow ADMIN_USER_PASSWORD_AUTH \\
  --auth-parameters ${cliMap([`USERNAME=${usernameOf(place)}`, `PASSWORD=${TEMPORARY_PASSWORD}`], place)} \\
  --query Session --output text)`,
    },
    {
      name: "newPassword",
      lines: (place) => `aws cognito-idp admin-respond-to-auth-challenge \\
  --user-pool-id ${place.poolId} \\
  --client-id ${place.clientId} \\
  --challenge-name NEW_PASSWORD_REQUIRED \\
  --challenge-responses ${cliMap([`USERNAME=${usernameOf(place)}`, `NEW_PASSWORD=${NEW_PASSWORD}`], place)} \\
  --session "$SESSION"`,
    },
  ],
};
