import {
  allowsAdminFlow,
  attributesOf,
  keysSetUp,
  NEW_PASSWORD,
  type Quickstart,
  regionOf,
  TEMPORARY_PASSWORD,
  usernameOf,
} from "./place.ts";

export const python: Quickstart = {
  id: "python",
  label: "Python",
  fits: allowsAdminFlow,
  steps: [
    { name: "setUp", lines: (place) => `${keysSetUp(place)}pip install boto3` },
    {
      name: "whole",
      lines: (place) => `${place.hasSecret ? "import base64, hashlib, hmac, os\n" : ""}import boto3

cognito = boto3.client(
    "cognito-idp",
    endpoint_url="${place.endpoint}",
    region_name="${regionOf(place)}",${
      place.takesAnyKey ? '\n    aws_access_key_id="local",\n    aws_secret_access_key="local",' : ""
    }
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
