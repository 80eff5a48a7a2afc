import {
  hasOwnIssuer,
  isInsecure,
  literal,
  poolUrlOf,
  type SetUpPlace,
  type SetUpSample,
  scopeOf,
  secretSetUp,
} from "./place.ts";

/** The settings of openid-client: by discovery, which refuses a document of another issuer than the one it was asked for. */
function nodeConfiguration(place: SetUpPlace): string {
  const client = `"${place.clientId}",
  ${place.hasSecret ? "process.env.CLIENT_SECRET" : "undefined"},
  ${place.hasSecret ? "undefined" : "oidc.None()"},`;
  const comment = "// over HTTPS leave this out";
  if (!hasOwnIssuer(place))
    return `const config = await oidc.discovery(
  new URL("${poolUrlOf(place)}"),
  ${client}${isInsecure(place) ? `\n  { execute: [oidc.allowInsecureRequests] }, ${comment}` : ""}
);`;
  return `const config = new oidc.Configuration(
  {
    issuer: ${literal(place.issuer)},
    authorization_endpoint: "${poolUrlOf(place)}/oauth2/authorize",
    token_endpoint: "${poolUrlOf(place)}/oauth2/token",
    jwks_uri: "${poolUrlOf(place)}/.well-known/jwks.json",
  },
  ${client}
);${isInsecure(place) ? `\noidc.allowInsecureRequests(config); ${comment}` : ""}`;
}

/** An application on a server of its own, which signs users in by the login pages and remembers them in a session. */
export const nodeServer: SetUpSample = {
  id: "node",
  label: "Node.js",
  steps: [
    { name: "install", lines: () => "npm install openid-client" },
    {
      name: "app",
      lines: (place) => `// app.mjs
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import * as oidc from "openid-client";

const redirectUri = ${literal(place.callbackUrl)};
const { origin, pathname, port } = new URL(redirectUri);
${nodeConfiguration(place)}
const sessions = new Map();

createServer(async (request, response) => {
  const url = new URL(request.url, origin);
  const [, id] = /(?:^|; )session=([\\w-]+)/.exec(request.headers.cookie ?? "") ?? [];
  const session = sessions.get(id) ?? {};
  const goOn = (location, values) => {
    // A new ID, so that nobody knows the ID of a signed-in session from before.
    sessions.delete(id);
    const newId = randomUUID();
    sessions.set(newId, values);
    const cookie = \`session=\${newId}; HttpOnly; SameSite=Lax; Path=/\`;
    response.writeHead(302, { location, "set-cookie": cookie }).end();
  };
  try {
    if (url.pathname === "/login") {
      const verifier = oidc.randomPKCECodeVerifier();
      const state = oidc.randomState();
      const nonce = oidc.randomNonce();
      const loginUrl = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: ${literal(scopeOf(place))},
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        state,
        nonce,
      });
      goOn(loginUrl.href, { verifier, state, nonce });
    } else if (url.pathname === pathname && url.searchParams.has("state")) {
      const tokens = await oidc.authorizationCodeGrant(config, url, {
        pkceCodeVerifier: session.verifier,
        expectedState: session.state,
        expectedNonce: session.nonce,
      });
      goOn("/", { user: tokens.claims() });
    } else {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(session.user ? \`Signed in as \${session.user.sub}\` : '<a href="/login">Sign in</a>');
    }
  } catch (error) {
    response.writeHead(400, { "content-type": "text/plain" }).end(\`The sign-in failed: \${error.message}\`);
  }
}).listen(Number(port) || 3000);`,
    },
    {
      name: "run",
      lines: (place) => `${place.hasSecret ? `${secretSetUp()}\n` : ""}node app.mjs`,
    },
  ],
};

const portOf = ({ callbackUrl }: SetUpPlace, usual: string) => new URL(callbackUrl).port || usual;
const pathOf = ({ callbackUrl }: SetUpPlace) => new URL(callbackUrl).pathname;

/** As the guide for Spring has it (docs/guides/spring.md). */
export const spring: SetUpSample = {
  id: "spring",
  label: "Java (Spring Boot)",
  steps: [
    {
      name: "install",
      lines: () => `// build.gradle
implementation "org.springframework.boot:spring-boot-starter-web"
implementation "org.springframework.boot:spring-boot-starter-oauth2-client"`,
    },
    {
      name: "configuration",
      lines: (place) => {
        const url = poolUrlOf(place);
        return `# src/main/resources/application.yml
server:
  port: ${portOf(place, "8080")}
spring:
  security:
    oauth2:
      client:
        registration:
          cognito:
            client-id: ${place.clientId}
            ${place.hasSecret ? `client-secret: \${CLIENT_SECRET}` : "client-authentication-method: none"}
            authorization-grant-type: authorization_code
            redirect-uri: ${literal(place.callbackUrl)}
            scope: [${place.scopes.map(literal).join(", ")}]
        provider:
          cognito:
            ${
              hasOwnIssuer(place)
                ? `# Tokens have the issuer ${place.issuer}, so discovery would refuse this address.
            authorization-uri: ${url}/oauth2/authorize
            token-uri: ${url}/oauth2/token
            jwk-set-uri: ${url}/.well-known/jwks.json
            user-info-uri: ${url}/oauth2/userInfo`
                : `issuer-uri: ${url}`
            }
            user-name-attribute: sub`;
      },
    },
    {
      name: "app",
      lines: (place) => `import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class App {
    public static void main(String[] arguments) {
        SpringApplication.run(App.class, arguments);
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http
            .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
            .oauth2Login(login -> login.redirectionEndpoint(endpoint -> endpoint.baseUri(${literal(pathOf(place))})))
            .build();
    }

    @GetMapping("/me")
    String me(@AuthenticationPrincipal OidcUser user) {
        return "Signed in as " + user.getSubject();
    }
}`,
    },
    {
      name: "run",
      lines: (place) => `${place.hasSecret ? `${secretSetUp()}\n` : ""}./gradlew bootRun`,
    },
  ],
};

export const dotnet: SetUpSample = {
  id: "dotnet",
  label: ".NET",
  steps: [
    {
      name: "install",
      lines: () => `dotnet new web
dotnet add package Microsoft.AspNetCore.Authentication.OpenIdConnect`,
    },
    {
      name: "app",
      lines: (place) => `// Program.cs
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

var builder = WebApplication.CreateBuilder(args);
builder.Services
    .AddAuthentication(options =>
    {
        options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
    })
    .AddCookie()
    .AddOpenIdConnect(options =>
    {
        options.Authority = "${poolUrlOf(place)}";${
          isInsecure(place)
            ? "\n        options.RequireHttpsMetadata = false; // over HTTPS leave this out"
            : ""
        }
        options.ClientId = "${place.clientId}";${
          place.hasSecret
            ? '\n        options.ClientSecret = Environment.GetEnvironmentVariable("CLIENT_SECRET");'
            : ""
        }
        options.ResponseType = "code";
        options.CallbackPath = ${literal(pathOf(place))};
        options.Scope.Clear();
${place.scopes.map((scope) => `        options.Scope.Add(${literal(scope)});`).join("\n")}
        options.MapInboundClaims = false;
    });
builder.Services.AddAuthorization();

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.MapGet("/me", (HttpContext context) => $"Signed in as {context.User.FindFirst("sub")?.Value}")
    .RequireAuthorization();
app.Run(${literal(new URL(place.callbackUrl).origin)});`,
    },
    {
      name: "run",
      lines: (place) => `${place.hasSecret ? `${secretSetUp()}\n` : ""}dotnet run`,
    },
  ],
};
