// The app of test/sign-in/passkeys.test.ts, bundled and opened in Chromium.
import { Amplify } from "aws-amplify";
import {
  associateWebAuthnCredential,
  deleteWebAuthnCredential,
  fetchAuthSession,
  listWebAuthnCredentials,
  signIn,
  signOut,
} from "aws-amplify/auth";

const { userPoolId, userPoolClientId, userPoolEndpoint } = window.settings;
Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint } } });

const username = "alice";
window.app = {
  byPassword: async (password) =>
    (await signIn({ username, password, options: { authFlowType: "USER_PASSWORD_AUTH" } })).isSignedIn,
  byPasskey: async () =>
    (await signIn({ username, options: { authFlowType: "USER_AUTH", preferredChallenge: "WEB_AUTHN" } }))
      .isSignedIn,
  nextStep: async () =>
    (await signIn({ username, options: { authFlowType: "USER_AUTH", preferredChallenge: "WEB_AUTHN" } }))
      .nextStep.signInStep,
  register: () => associateWebAuthnCredential(),
  passkeys: async () => (await listWebAuthnCredentials()).credentials,
  remove: (credentialId) => deleteWebAuthnCredential({ credentialId }),
  claims: async () => (await fetchAuthSession()).tokens?.accessToken.payload,
  signOut: () => signOut(),
};
