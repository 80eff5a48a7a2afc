// The app of test/oauth/amplify.test.ts, bundled and opened in Chromium.
import { Amplify } from "aws-amplify";
import { fetchAuthSession, signInWithRedirect, signOut } from "aws-amplify/auth";
import "aws-amplify/auth/enable-oauth-listener";
import { Hub } from "aws-amplify/utils";

const { userPoolId, userPoolClientId, domain, endpoint } = window.settings;
const here = `${location.origin}/`;
Hub.listen("auth", ({ payload }) => {
  document.title = payload.event;
});
Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId,
      userPoolClientId,
      userPoolEndpoint: endpoint,
      loginWith: {
        oauth: {
          domain,
          scopes: ["openid", "email", "aws.cognito.signin.user.admin"],
          redirectSignIn: [here],
          redirectSignOut: [here],
          responseType: "code",
        },
      },
    },
  },
});
window.app = {
  signIn: () => signInWithRedirect(),
  signInBy: (custom) => signInWithRedirect({ provider: { custom } }),
  signInWith: (custom) => signInWithRedirect({ provider: { custom } }),
  signOut: () => signOut(),
  email: async () => (await fetchAuthSession()).tokens?.idToken?.payload.email,
};
