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

export const ruby: Quickstart = {
  id: "ruby",
  label: "Ruby",
  fits: allowsAdminFlow,
  steps: [
    { name: "setUp", lines: (place) => `${keysSetUp(place)}gem install aws-sdk-cognitoidentityprovider` },
    {
      name: "whole",
      lines: (
        place,
      ) => `${place.hasSecret ? 'require "openssl"\n' : ""}require "aws-sdk-cognitoidentityprovider"

cognito = Aws::CognitoIdentityProvider::Client.new(
  endpoint: "${place.endpoint}",
  region: "${regionOf(place)}"${
    place.takesAnyKey ? ',\n  access_key_id: "local",\n  secret_access_key: "local"' : ""
  }
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
