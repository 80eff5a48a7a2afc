/** The walk from a new user to tokens, as lines to paste. */

export interface WalkPlace {
  readonly poolId: string;
  readonly clientId: string;
  readonly endpoint: string;
  /** The AWS config and credentials files that the server wrote. */
  readonly awsFiles?: { readonly config: string; readonly credentials: string };
}

export type WalkStep = "setUp" | "createUser" | "signIn" | "newPassword" | "whole";

interface Step {
  readonly name: WalkStep;
  readonly lines: (place: WalkPlace) => string;
}

interface Walk {
  readonly id: string;
  /** The name of a language, the same in every language. */
  readonly label: string;
  readonly steps: readonly Step[];
}

const regionOf = ({ poolId }: WalkPlace) => poolId.split("_")[0] ?? "";

const cliSetUp = (place: WalkPlace) =>
  place.awsFiles === undefined
    ? `export AWS_ENDPOINT_URL=${place.endpoint}
export AWS_REGION=${regionOf(place)}
export AWS_PROFILE=cognate`
    : `export AWS_CONFIG_FILE=${shellWord(place.awsFiles.config)}
export AWS_SHARED_CREDENTIALS_FILE=${shellWord(place.awsFiles.credentials)}
export AWS_PROFILE=cognate-power-user
export AWS_REGION=${regionOf(place)}`;

function shellWord(text: string): string {
  return /^[\w./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

const cli: Walk = {
  id: "cli",
  label: "AWS CLI",
  steps: [
    { name: "setUp", lines: cliSetUp },
    {
      name: "createUser",
      lines: ({ poolId }) => `aws cognito-idp admin-create-user \\
  --user-pool-id ${poolId} \\
  --username jane@example.com \\
  --user-attributes Name=email,Value=jane@example.com Name=email_verified,Value=true \\
  --temporary-password 'Temp0rary!' \\
  --message-action SUPPRESS`,
    },
    {
      name: "signIn",
      lines: ({ poolId, clientId }) => `aws cognito-idp admin-initiate-auth \\
  --user-pool-id ${poolId} \\
  --client-id ${clientId} \\
  --auth-flow ADMIN_USER_PASSWORD_AUTH \\
  --auth-parameters 'USERNAME=jane@example.com,PASSWORD=Temp0rary!'`,
    },
    {
      name: "newPassword",
      lines: ({ poolId, clientId }) => `aws cognito-idp admin-respond-to-auth-challenge \\
  --user-pool-id ${poolId} \\
  --client-id ${clientId} \\
  --challenge-name NEW_PASSWORD_REQUIRED \\
  --challenge-responses 'USERNAME=jane@example.com,NEW_PASSWORD=Perm4nent!' \\
  --session "$SESSION"`,
    },
  ],
};

const javaScript: Walk = {
  id: "javascript",
  label: "JavaScript",
  steps: [
    { name: "setUp", lines: () => "npm install @aws-sdk/client-cognito-identity-provider" },
    {
      name: "whole",
      lines: (place) => `import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";

const cognito = new CognitoIdentityProviderClient({
  endpoint: "${place.endpoint}",
  region: "${regionOf(place)}",
});
const pool = { UserPoolId: "${place.poolId}" };
const client = { ...pool, ClientId: "${place.clientId}" };

await cognito.send(new AdminCreateUserCommand({
  ...pool,
  Username: "jane@example.com",
  UserAttributes: [
    { Name: "email", Value: "jane@example.com" },
    { Name: "email_verified", Value: "true" },
  ],
  TemporaryPassword: "Temp0rary!",
  MessageAction: "SUPPRESS",
}));

const challenge = await cognito.send(new AdminInitiateAuthCommand({
  ...client,
  AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
  AuthParameters: { USERNAME: "jane@example.com", PASSWORD: "Temp0rary!" },
}));

const { AuthenticationResult } = await cognito.send(new AdminRespondToAuthChallengeCommand({
  ...client,
  ChallengeName: "NEW_PASSWORD_REQUIRED",
  ChallengeResponses: { USERNAME: "jane@example.com", NEW_PASSWORD: "Perm4nent!" },
  Session: challenge.Session,
}));
console.log(AuthenticationResult);`,
    },
  ],
};

const python: Walk = {
  id: "python",
  label: "Python",
  steps: [
    { name: "setUp", lines: () => "pip install boto3" },
    {
      name: "whole",
      lines: (place) => `import boto3

cognito = boto3.client(
    "cognito-idp",
    endpoint_url="${place.endpoint}",
    region_name="${regionOf(place)}",
)
pool = {"UserPoolId": "${place.poolId}"}
client = {**pool, "ClientId": "${place.clientId}"}

cognito.admin_create_user(
    **pool,
    Username="jane@example.com",
    UserAttributes=[
        {"Name": "email", "Value": "jane@example.com"},
        {"Name": "email_verified", "Value": "true"},
    ],
    TemporaryPassword="Temp0rary!",
    MessageAction="SUPPRESS",
)

challenge = cognito.admin_initiate_auth(
    **client,
    AuthFlow="ADMIN_USER_PASSWORD_AUTH",
    AuthParameters={"USERNAME": "jane@example.com", "PASSWORD": "Temp0rary!"},
)

answer = cognito.admin_respond_to_auth_challenge(
    **client,
    ChallengeName="NEW_PASSWORD_REQUIRED",
    ChallengeResponses={"USERNAME": "jane@example.com", "NEW_PASSWORD": "Perm4nent!"},
    Session=challenge["Session"],
)
print(answer["AuthenticationResult"])`,
    },
  ],
};

const ruby: Walk = {
  id: "ruby",
  label: "Ruby",
  steps: [
    { name: "setUp", lines: () => "gem install aws-sdk-cognitoidentityprovider" },
    {
      name: "whole",
      lines: (place) => `require "aws-sdk-cognitoidentityprovider"

cognito = Aws::CognitoIdentityProvider::Client.new(
  endpoint: "${place.endpoint}",
  region: "${regionOf(place)}"
)
pool = { user_pool_id: "${place.poolId}" }
client = { **pool, client_id: "${place.clientId}" }

cognito.admin_create_user(
  **pool,
  username: "jane@example.com",
  user_attributes: [
    { name: "email", value: "jane@example.com" },
    { name: "email_verified", value: "true" }
  ],
  temporary_password: "Temp0rary!",
  message_action: "SUPPRESS"
)

challenge = cognito.admin_initiate_auth(
  **client,
  auth_flow: "ADMIN_USER_PASSWORD_AUTH",
  auth_parameters: { "USERNAME" => "jane@example.com", "PASSWORD" => "Temp0rary!" }
)

answer = cognito.admin_respond_to_auth_challenge(
  **client,
  challenge_name: "NEW_PASSWORD_REQUIRED",
  challenge_responses: { "USERNAME" => "jane@example.com", "NEW_PASSWORD" => "Perm4nent!" },
  session: challenge.session
)
puts answer.authentication_result`,
    },
  ],
};

export const walks: readonly Walk[] = [cli, javaScript, python, ruby];
