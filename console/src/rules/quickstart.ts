/** The quickstart from a new user to tokens, as lines to paste. */
import type { SignInOptions } from "./sign-in-options.ts";

export interface QuickstartPlace {
  readonly poolId: string;
  readonly clientId: string;
  readonly hasSecret: boolean;
  readonly signIn: SignInOptions;
  readonly endpoint: string;
  /** The AWS config and credentials files that the server wrote. */
  readonly awsFiles?: { readonly config: string; readonly credentials: string };
}

export type WalkStep = "setUp" | "createUser" | "signIn" | "newPassword" | "whole";

interface Step {
  readonly name: WalkStep;
  readonly lines: (place: QuickstartPlace) => string;
}

interface Quickstart {
  readonly id: string;
  /** The name of a language, the same in every language. */
  readonly label: string;
  readonly steps: readonly Step[];
}

const TEMPORARY_PASSWORD = "Temp0rary!";
const NEW_PASSWORD = "Perm4nent!";
const EMAIL = "jane@example.com";
const PHONE_NUMBER = "+14155552671";

const regionOf = ({ poolId }: QuickstartPlace) => poolId.split("_")[0] ?? "";

/** Whom the quickstart signs in: a name where the pool has names, otherwise what stands in for one. */
function usernameOf({ signIn }: QuickstartPlace): string {
  if (signIn.hasUsername) return "jane";
  return signIn.email ? EMAIL : PHONE_NUMBER;
}

/** The address that the user has, as attributes. */
function attributesOf({ signIn }: QuickstartPlace): readonly (readonly [name: string, value: string])[] {
  return signIn.phoneNumber && !signIn.email
    ? [
        ["phone_number", PHONE_NUMBER],
        ["phone_number_verified", "true"],
      ]
    : [
        ["email", EMAIL],
        ["email_verified", "true"],
      ];
}

function shellWord(text: string): string {
  return /^[\w./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function cliSetUp(place: QuickstartPlace): string {
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

const cli: Quickstart = {
  id: "cli",
  label: "AWS CLI",
  steps: [
    { name: "setUp", lines: cliSetUp },
    {
      name: "createUser",
      lines: (place) => `aws cognito-idp admin-create-user \\
  --user-pool-id ${place.poolId} \\
  --username ${usernameOf(place)} \\
  --user-attributes ${attributesOf(place)
    .map(([name, value]) => `Name=${name},Value=${value}`)
    .join(" ")} \\
  --temporary-password '${TEMPORARY_PASSWORD}' \\
  --message-action SUPPRESS`,
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

const javaScript: Quickstart = {
  id: "javascript",
  label: "JavaScript",
  steps: [
    { name: "setUp", lines: () => "npm install @aws-sdk/client-cognito-identity-provider" },
    {
      name: "whole",
      lines: (place) => `${place.hasSecret ? 'import { createHmac } from "node:crypto";\n' : ""}import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";

const cognito = new CognitoIdentityProviderClient({
  endpoint: "${place.endpoint}",
  region: "${regionOf(place)}",
});
const username = "${usernameOf(place)}";
const pool = { UserPoolId: "${place.poolId}" };
const client = { ...pool, ClientId: "${place.clientId}" };
${
  place.hasSecret
    ? `const SECRET_HASH = createHmac("sha256", process.env.CLIENT_SECRET)
  .update(username + client.ClientId)
  .digest("base64");
`
    : ""
}
await cognito.send(new AdminCreateUserCommand({
  ...pool,
  Username: username,
  UserAttributes: [
${attributesOf(place)
  .map(([name, value]) => `    { Name: "${name}", Value: "${value}" },`)
  .join("\n")}
  ],
  TemporaryPassword: "${TEMPORARY_PASSWORD}",
  MessageAction: "SUPPRESS",
}));

const challenge = await cognito.send(new AdminInitiateAuthCommand({
  ...client,
  AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
  AuthParameters: { USERNAME: username, PASSWORD: "${TEMPORARY_PASSWORD}"${place.hasSecret ? ", SECRET_HASH" : ""} },
}));

const { AuthenticationResult } = await cognito.send(new AdminRespondToAuthChallengeCommand({
  ...client,
  ChallengeName: "NEW_PASSWORD_REQUIRED",
  ChallengeResponses: { USERNAME: username, NEW_PASSWORD: "${NEW_PASSWORD}"${place.hasSecret ? ", SECRET_HASH" : ""} },
  Session: challenge.Session,
}));
console.log(AuthenticationResult);`,
    },
  ],
};

const python: Quickstart = {
  id: "python",
  label: "Python",
  steps: [
    { name: "setUp", lines: () => "pip install boto3" },
    {
      name: "whole",
      lines: (place) => `${place.hasSecret ? "import base64, hashlib, hmac, os\n" : ""}import boto3

cognito = boto3.client(
    "cognito-idp",
    endpoint_url="${place.endpoint}",
    region_name="${regionOf(place)}",
)
username = "${usernameOf(place)}"
pool = {"UserPoolId": "${place.poolId}"}
client = {**pool, "ClientId": "${place.clientId}"}
${
  place.hasSecret
    ? `digest = hmac.digest(
    os.environ["CLIENT_SECRET"].encode(), (username + client["ClientId"]).encode(), hashlib.sha256
)
secret_hash = {"SECRET_HASH": base64.b64encode(digest).decode()}
`
    : ""
}
cognito.admin_create_user(
    **pool,
    Username=username,
    UserAttributes=[
${attributesOf(place)
  .map(([name, value]) => `        {"Name": "${name}", "Value": "${value}"},`)
  .join("\n")}
    ],
    TemporaryPassword="${TEMPORARY_PASSWORD}",
    MessageAction="SUPPRESS",
)

challenge = cognito.admin_initiate_auth(
    **client,
    AuthFlow="ADMIN_USER_PASSWORD_AUTH",
    AuthParameters={"USERNAME": username, "PASSWORD": "${TEMPORARY_PASSWORD}"${place.hasSecret ? ", **secret_hash" : ""}},
)

answer = cognito.admin_respond_to_auth_challenge(
    **client,
    ChallengeName="NEW_PASSWORD_REQUIRED",
    ChallengeResponses={"USERNAME": username, "NEW_PASSWORD": "${NEW_PASSWORD}"${place.hasSecret ? ", **secret_hash" : ""}},
    Session=challenge["Session"],
)
print(answer["AuthenticationResult"])`,
    },
  ],
};

const ruby: Quickstart = {
  id: "ruby",
  label: "Ruby",
  steps: [
    { name: "setUp", lines: () => "gem install aws-sdk-cognitoidentityprovider" },
    {
      name: "whole",
      lines: (
        place,
      ) => `${place.hasSecret ? 'require "openssl"\n' : ""}require "aws-sdk-cognitoidentityprovider"

cognito = Aws::CognitoIdentityProvider::Client.new(
  endpoint: "${place.endpoint}",
  region: "${regionOf(place)}"
)
username = "${usernameOf(place)}"
pool = { user_pool_id: "${place.poolId}" }
client = { **pool, client_id: "${place.clientId}" }
${
  place.hasSecret
    ? `digest = OpenSSL::HMAC.digest("SHA256", ENV.fetch("CLIENT_SECRET"), username + client[:client_id])
secret_hash = { "SECRET_HASH" => [digest].pack("m0") }
`
    : ""
}
cognito.admin_create_user(
  **pool,
  username: username,
  user_attributes: [
${attributesOf(place)
  .map(([name, value]) => `    { name: "${name}", value: "${value}" }`)
  .join(",\n")}
  ],
  temporary_password: "${TEMPORARY_PASSWORD}",
  message_action: "SUPPRESS"
)

challenge = cognito.admin_initiate_auth(
  **client,
  auth_flow: "ADMIN_USER_PASSWORD_AUTH",
  auth_parameters: { "USERNAME" => username, "PASSWORD" => "${TEMPORARY_PASSWORD}"${place.hasSecret ? ", **secret_hash" : ""} }
)

answer = cognito.admin_respond_to_auth_challenge(
  **client,
  challenge_name: "NEW_PASSWORD_REQUIRED",
  challenge_responses: { "USERNAME" => username, "NEW_PASSWORD" => "${NEW_PASSWORD}"${place.hasSecret ? ", **secret_hash" : ""} },
  session: challenge.session
)
puts answer.authentication_result`,
    },
  ],
};

export const quickstarts: readonly Quickstart[] = [cli, javaScript, python, ruby];
