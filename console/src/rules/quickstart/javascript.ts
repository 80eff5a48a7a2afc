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

export const javaScript: Quickstart = {
  id: "javascript",
  label: "JavaScript",
  fits: allowsAdminFlow,
  steps: [
    {
      name: "setUp",
      lines: (place) => `${keysSetUp(place)}npm install @aws-sdk/client-cognito-identity-provider`,
    },
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
  region: "${regionOf(place)}",${
    place.takesAnyKey ? '\n  credentials: { accessKeyId: "local", secretAccessKey: "local" },' : ""
  }
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
