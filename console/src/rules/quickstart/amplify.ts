import { cliSetUp, createUserLines } from "./cli.ts";
import {
  allowsSrp,
  amplifyConfiguration,
  NEW_PASSWORD,
  type Quickstart,
  TEMPORARY_PASSWORD,
  usernameOf,
} from "./place.ts";

export const amplify: Quickstart = {
  id: "amplify",
  label: "Amplify",
  fits: allowsSrp,
  steps: [
    { name: "install", lines: () => "npm install aws-amplify" },
    { name: "withCli", lines: (place) => `${cliSetUp(place)}\n${createUserLines(place)}` },
    {
      name: "app",
      lines: (place) => `import { Amplify } from "aws-amplify";
import { confirmSignIn, fetchAuthSession, signIn } from "aws-amplify/auth";

${amplifyConfiguration(place)}

const { nextStep } = await signIn({
  username: "${usernameOf(place)}",
  password: "${TEMPORARY_PASSWORD}",
});
if (nextStep.signInStep === "CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED") {
  await confirmSignIn({ challengeResponse: "${NEW_PASSWORD}" });
}
const { tokens } = await fetchAuthSession();
console.log(tokens.idToken.payload);`,
    },
  ],
};
