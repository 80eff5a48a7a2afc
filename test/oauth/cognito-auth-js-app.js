// The app of test/oauth/cognito-auth-js.test.ts, bundled and opened in Chromium.
import { CognitoAuth } from "amazon-cognito-auth-js";

const here = `${location.origin}/`;
window.app = new CognitoAuth({
  ...window.settings,
  TokenScopesArray: ["openid", "email"],
  RedirectUriSignIn: here,
  RedirectUriSignOut: here,
});
window.app.userhandler = {
  onSuccess: (session) => {
    window.session = session;
    document.title = "signed in";
  },
  onFailure: (error) => {
    document.title = `failed: ${error}`;
  },
};
window.app.parseCognitoWebResponse(location.href);
