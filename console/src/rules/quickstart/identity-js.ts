import { cliSetUp, createUserLines } from "./cli.ts";
import { allowsSrp, NEW_PASSWORD, type Quickstart, TEMPORARY_PASSWORD, usernameOf } from "./place.ts";

/** SRP in a browser or on a device, by the library under Amplify's older versions. */
export const identityJs: Quickstart = {
  id: "identity-js",
  label: "amazon-cognito-identity-js",
  fits: allowsSrp,
  steps: [
    { name: "install", lines: () => "npm install amazon-cognito-identity-js" },
    { name: "withCli", lines: (place) => `${cliSetUp(place)}\n${createUserLines(place)}` },
    {
      name: "app",
      lines: (
        place,
      ) => `import { AuthenticationDetails, CognitoUser, CognitoUserPool } from "amazon-cognito-identity-js";

const Pool = new CognitoUserPool({
  UserPoolId: "${place.poolId}",
  ClientId: "${place.clientId}",
  endpoint: "${place.endpoint}/",
});
const Username = "${usernameOf(place)}";
const user = new CognitoUser({ Username, Pool });

const callbacks = {
  onSuccess: (session) => console.log(session.getIdToken().decodePayload()),
  onFailure: console.error,
  newPasswordRequired: () => user.completeNewPasswordChallenge("${NEW_PASSWORD}", {}, callbacks),
};
user.authenticateUser(
  new AuthenticationDetails({ Username, Password: "${TEMPORARY_PASSWORD}" }),
  callbacks,
);`,
    },
  ],
};
