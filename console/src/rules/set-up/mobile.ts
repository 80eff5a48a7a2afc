import { amplifyConfiguration } from "../quickstart/place.ts";
import type { SetUpSample } from "./place.ts";

const REACHABLE = " // on a device: the address of this server that the device can reach";

/** Sign-in by SRP in the application's own forms. */
export const reactNative: SetUpSample = {
  id: "react-native",
  label: "React Native",
  steps: [
    {
      name: "install",
      lines: () =>
        "npm install aws-amplify @aws-amplify/react-native @react-native-async-storage/async-storage react-native-get-random-values",
    },
    {
      name: "code",
      lines: (place) => `import { Amplify } from "aws-amplify";
import { fetchAuthSession, signIn } from "aws-amplify/auth";

${amplifyConfiguration(place, REACHABLE)}

export async function signInWith(username, password) {
  const { nextStep } = await signIn({ username, password });
  if (nextStep.signInStep !== "DONE") throw new Error(\`The sign-in asks for \${nextStep.signInStep}.\`);
  const { tokens } = await fetchAuthSession();
  return tokens.idToken.payload;
}`,
    },
  ],
};
