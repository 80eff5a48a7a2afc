import { hasOwnIssuer, literal, poolUrlOf, type SetUpPlace, type SetUpSample, scopeOf } from "./place.ts";

const settings = (place: SetUpPlace, indent: string) =>
  [
    `authority: "${poolUrlOf(place)}",`,
    `client_id: "${place.clientId}",`,
    `redirect_uri: ${literal(place.callbackUrl)},`,
    `scope: ${literal(scopeOf(place))},`,
  ].join(`\n${indent}`);

/** As the guide for React has it (docs/guides/react.md). */
export const react: SetUpSample = {
  id: "react",
  label: "React",
  steps: [
    { name: "install", lines: () => "npm install react-oidc-context oidc-client-ts" },
    {
      name: "app",
      lines: (place) => `import { createRoot } from "react-dom/client";
import { AuthProvider, useAuth } from "react-oidc-context";

const settings = {
  ${settings(place, "  ")}
  // Removes the code from the address. Otherwise loading the page again would send it again, and it works once.
  onSigninCallback: () => history.replaceState({}, "", location.pathname),
};

function App() {
  const auth = useAuth();
  if (auth.isLoading) return <p>Loading…</p>;
  if (auth.error) return <p>The sign-in failed: {auth.error.message}</p>;
  if (!auth.isAuthenticated) return <button onClick={() => auth.signinRedirect()}>Sign in</button>;
  return (
    <>
      <p>Signed in as {auth.user.profile.sub}</p>
      <button onClick={() => auth.removeUser()}>Sign out</button>
    </>
  );
}

createRoot(document.getElementById("root")).render(
  <AuthProvider {...settings}>
    <App />
  </AuthProvider>,
);`,
    },
  ],
};

export const browserScript: SetUpSample = {
  id: "javascript",
  label: "JavaScript",
  steps: [
    { name: "install", lines: () => "npm install oidc-client-ts" },
    {
      name: "app",
      lines: (place) => `import { UserManager } from "oidc-client-ts";

const users = new UserManager({
  ${settings(place, "  ")}
});

const parameters = new URLSearchParams(location.search);
if (parameters.has("code") || parameters.has("error")) {
  try {
    await users.signinCallback();
  } catch (error) {
    document.body.append(\`The sign-in failed: \${error.message}\`);
  }
  history.replaceState({}, "", location.pathname);
}

const user = await users.getUser();
const button = document.createElement("button");
if (user) {
  document.body.append(\`Signed in as \${user.profile.sub} \`);
  button.textContent = "Sign out";
  button.onclick = async () => {
    await users.removeUser();
    location.reload();
  };
} else {
  button.textContent = "Sign in";
  button.onclick = () => users.signinRedirect();
}
document.body.append(button);`,
    },
  ],
};

/** As the guide for Angular has it (docs/guides/angular.md). */
export const angular: SetUpSample = {
  id: "angular",
  label: "Angular",
  steps: [
    { name: "install", lines: () => "npm install angular-auth-oidc-client" },
    {
      name: "configuration",
      lines: (place) => `// src/app/app.config.ts
import { type ApplicationConfig, provideBrowserGlobalErrorListeners } from "@angular/core";
import { provideHttpClient } from "@angular/common/http";
import { provideAuth } from "angular-auth-oidc-client";

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideHttpClient(),
    provideAuth({
      config: {
        authority: "${poolUrlOf(place)}",${
          hasOwnIssuer(place)
            ? `
        // The tokens' issuer is ${place.issuer}.
        strictIssuerValidationOnWellKnownRetrievalOff: true,`
            : ""
        }
        clientId: "${place.clientId}",
        redirectUrl: ${literal(place.callbackUrl)},
        scope: ${literal(scopeOf(place))},
        responseType: "code",
        silentRenew: true,
        useRefreshToken: true,
        disableRefreshTokenOfflineAccessScopeWarning: true, // Cognito has no scope offline_access
      },
    }),
  ],
};`,
    },
    {
      name: "app",
      lines: () => `// src/app/app.ts
import { Component, inject, signal } from "@angular/core";
import { OidcSecurityService } from "angular-auth-oidc-client";

@Component({
  selector: "app-root",
  template: \`
    @if (sub()) {
      <p>Signed in as {{ sub() }}</p>
      <button (click)="oidc.logoffLocal(); sub.set('')">Sign out</button>
    } @else {
      <button (click)="oidc.authorize()">Sign in</button>
    }
  \`,
})
export class App {
  protected readonly oidc = inject(OidcSecurityService);
  protected readonly sub = signal("");

  constructor() {
    this.oidc.checkAuth().subscribe(({ isAuthenticated, userData }) => {
      this.sub.set(isAuthenticated ? userData.sub : "");
    });
  }
}`,
    },
  ],
};
