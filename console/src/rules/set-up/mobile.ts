import { amplifyConfiguration } from "../quickstart/place.ts";
import type { SetUpPlace, SetUpSample } from "./place.ts";

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

/**
 * What Amplify's libraries for Swift, Android and Flutter read. `amplify_outputs.json`, the newer form, has no endpoint.
 *
 * @see aws-amplify/amplify-swift, `ConfigurationHelper.parseUserPoolData`
 */
function amplifyFile({ poolId, clientId }: SetUpPlace, endpoint: string): string {
  const Region = poolId.split("_")[0];
  const pool = { PoolId: poolId, AppClientId: clientId, Region, Endpoint: endpoint };
  const plugin = {
    CognitoUserPool: { Default: pool },
    Auth: { Default: { authenticationFlowType: "USER_SRP_AUTH" } },
  };
  return JSON.stringify({ auth: { plugins: { awsCognitoAuthPlugin: plugin } } }, null, 2);
}

/** The server's host name, if the libraries that take nothing else can call it by that. */
export function amplifyHost({ endpoint }: SetUpPlace): string {
  const { protocol, host, port } = new URL(endpoint);
  return protocol === "https:" && port === "" ? host : "auth.example.com";
}

export const swift: SetUpSample = {
  id: "swift",
  label: "iOS (Swift)",
  needsHost: true,
  steps: [
    {
      name: "install",
      lines:
        () => `// Xcode, File › Add Package Dependencies: the products Amplify, AWSCognitoAuthPlugin and AWSPluginsCore
https://github.com/aws-amplify/amplify-swift`,
    },
    {
      name: "configuration",
      lines: (place) =>
        `// amplifyconfiguration.json in the app's target, without this line\n${amplifyFile(place, amplifyHost(place))}`,
    },
    {
      name: "code",
      lines: () => `import Amplify
import AWSCognitoAuthPlugin
import AWSPluginsCore

/// Called once, when the app starts.
func configureAmplify() throws {
    try Amplify.add(plugin: AWSCognitoAuthPlugin())
    try Amplify.configure()
}

struct SignInIsNotComplete: Error {
    let nextStep: AuthSignInStep
}

func signIn(username: String, password: String) async throws -> String? {
    let result = try await Amplify.Auth.signIn(username: username, password: password)
    guard result.isSignedIn else { throw SignInIsNotComplete(nextStep: result.nextStep) }
    let session = try await Amplify.Auth.fetchAuthSession()
    return try (session as? AuthCognitoTokensProvider)?.getCognitoTokens().get().idToken
}`,
    },
  ],
};

export const android: SetUpSample = {
  id: "android",
  label: "Android (Kotlin)",
  needsHost: true,
  steps: [
    {
      name: "install",
      lines: () => `// build.gradle.kts of the app
android {
    compileOptions { isCoreLibraryDesugaringEnabled = true }
}

dependencies {
    coreLibraryDesugaring("com.android.tools:desugar_jdk_libs:2.1.5")
    implementation("com.amplifyframework:core-kotlin:2.+")
    implementation("com.amplifyframework:aws-auth-cognito:2.+")
}`,
    },
    {
      name: "configuration",
      lines: (place) =>
        `// app/src/main/res/raw/amplifyconfiguration.json, without this line\n${amplifyFile(place, amplifyHost(place))}`,
    },
    {
      name: "code",
      lines: () => `import android.app.Application
import com.amplifyframework.auth.cognito.AWSCognitoAuthPlugin
import com.amplifyframework.auth.cognito.AWSCognitoAuthSession
import com.amplifyframework.kotlin.core.Amplify

// Named in AndroidManifest.xml: <application android:name=".MyApplication" …>
class MyApplication : Application() {
    override fun onCreate() {
        super.onCreate()
        Amplify.addPlugin(AWSCognitoAuthPlugin())
        Amplify.configure(applicationContext)
    }
}

suspend fun signIn(username: String, password: String): String? {
    val result = Amplify.Auth.signIn(username, password)
    check(result.isSignedIn) { "The sign-in asks for \${result.nextStep.signInStep}." }
    val session = Amplify.Auth.fetchAuthSession() as AWSCognitoAuthSession
    return session.userPoolTokensResult.value?.idToken
}`,
    },
  ],
};

export const flutter: SetUpSample = {
  id: "flutter",
  label: "Flutter",
  steps: [
    { name: "install", lines: () => "flutter pub add amplify_flutter amplify_auth_cognito" },
    {
      name: "code",
      lines: (place) => `import 'package:amplify_auth_cognito/amplify_auth_cognito.dart';
import 'package:amplify_flutter/amplify_flutter.dart';

// On a device the endpoint is the address of this server that the device can reach.
const configuration = r'''
${amplifyFile(place, place.endpoint)}
''';

/// Called once, before runApp().
Future<void> configureAmplify() async {
  await Amplify.addPlugin(AmplifyAuthCognito());
  await Amplify.configure(configuration);
}

Future<String> signInWith(String username, String password) async {
  final result = await Amplify.Auth.signIn(username: username, password: password);
  if (!result.isSignedIn) {
    throw Exception('The sign-in asks for \${result.nextStep.signInStep.name}.');
  }
  final cognito = Amplify.Auth.getPlugin(AmplifyAuthCognito.pluginKey);
  final session = await cognito.fetchAuthSession();
  return session.userPoolTokensResult.value.idToken.raw;
}`,
    },
  ],
};
