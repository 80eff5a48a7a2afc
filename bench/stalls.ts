/**
 * `npm run bench -- --stalls`: how long one request of each surface keeps the event loop from answering others. The requests
 * are the most expensive that fit into the limit of a body; each caller that could send them is tried.
 */
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import {
  CognitoIdentityProviderClient,
  CreateIdentityProviderCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetUserCommand, IAMClient, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import {
  assertionXml,
  base64,
  identityProviderMetadata,
  responseXml,
  signed,
  testKey,
} from "../src/federation/saml/fixtures/identity-provider.ts";
import { say } from "./say.ts";
import { startCognate } from "./subjects/cognate.ts";

/** The longest time that a request may block the event loop. */
const ALLOWED_MILLISECONDS = 50;
/** Each request is sent so often; the shortest of the stalls counts, since noise of the machine only adds to it. */
const REPETITIONS = 5;
/** The longest value of a field: the limit of a body, less what else is in it. */
const MEBIBYTE = 1024 * 1024 - 200;
const CALLBACK = "https://app.example.com/callback";
const ADMINISTRATOR_ARN = "arn:aws:iam::123456789012:user/cognate";

interface HostileRequest {
  readonly surface: string;
  readonly title: string;
  send(url: string): Promise<unknown>;
}

/** @returns whether every request was within the allowed time */
export async function measureStalls(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), "cognate-stalls-"));
  const server = await startCognate(folder);
  const url = `http://127.0.0.1:${server.port}`;
  const access = await administrator(folder, url);
  const iam = new IAMClient(access);
  const pinger = new Worker(new URL("./stalls-pinger.ts", import.meta.url), { workerData: url });
  const longestDuring = async (work: () => Promise<unknown>): Promise<number> => {
    pinger.postMessage("start");
    await once(pinger, "message");
    await work();
    pinger.postMessage("stop");
    const [longest] = (await once(pinger, "message")) as [number];
    return longest;
  };
  try {
    const quiet = await shortest(() => longestDuring(() => new Promise((done) => setTimeout(done, 200))));
    const rows = [];
    const requests = [...unsignedRequests, ...signedRequests(iam), ...(await poolRequests(access))];
    for (const { surface, title, send } of requests) {
      say(`${surface}: ${title}`);
      let answer = "";
      const stall = await shortest(() =>
        longestDuring(async () => {
          answer = await send(url).then(statusOf, statusOf);
        }),
      );
      rows.push({ surface, title, answer, stall });
    }
    const lines = rows.map(
      ({ surface, title, answer, stall }) =>
        `| ${surface} | ${title} | ${answer} | ${stall.toFixed(0)} ms${stall > ALLOWED_MILLISECONDS ? ", too long" : ""} |`,
    );
    process.stdout.write(
      `Longest wait of another request, of ${REPETITIONS} tries the shortest (${quiet.toFixed(0)} ms with nothing sent):\n\n`,
    );
    process.stdout.write(
      `| surface | request | answer | stall |\n| --- | --- | --- | ---: |\n${lines.join("\n")}\n`,
    );
    return rows.every(({ stall }) => stall <= ALLOWED_MILLISECONDS);
  } finally {
    iam.destroy();
    await pinger.terminate();
    await server.child.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The status of an answer of fetch or of an SDK, or of its error. */
function statusOf(result: unknown): string {
  const [answer] = Array.isArray(result) ? result.slice(-1) : [result];
  if (answer instanceof Response) return String(answer.status);
  const { $metadata } = answer as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode === undefined ? String(answer) : String($metadata.httpStatusCode);
}

async function shortest(measure: () => Promise<number>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let count = 0; count < REPETITIONS; count++) least = Math.min(least, await measure());
  return least;
}

const form =
  (path: string, fields: string, start = "") =>
  (url: string) =>
    fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: start + fields,
    });
const json = (target: string, body: string) => (url: string) =>
  fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${target}`,
    },
    body,
  });
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join("");
const sts = "Action=GetCallerIdentity&Version=2011-06-15&";

const unsignedRequests: readonly HostileRequest[] = [
  { surface: "STS", title: "500,000 equal fields", send: form("/", "a&".repeat(500_000), sts) },
  {
    surface: "STS",
    title: "100,000 different fields",
    send: form(
      "/",
      times(100_000, (n) => `a${n}=&`),
      sts,
    ),
  },
  {
    surface: "STS",
    title: "names of ten levels",
    send: form(
      "/",
      times(20_000, (n) => `a.b.c.d.e.f.g.h.i.j${n}=1&`),
      sts,
    ),
  },
  {
    surface: "IAM",
    title: "a name of 1 MiB",
    send: form("/", `UserName=${"a".repeat(MEBIBYTE)}`, "Action=GetUser&Version=2010-05-08&"),
  },
  {
    surface: "user pools",
    title: "a map of 60,000 members",
    send: json(
      "InitiateAuth",
      `{"AuthFlow":"USER_PASSWORD_AUTH","ClientId":"x","AuthParameters":{${times(60_000, (n) => `"k${n}":"",`)}"l":""}}`,
    ),
  },
  {
    surface: "user pools",
    title: "a list of 200,000 items",
    send: json("SignUp", `{"ClientId":"x","Username":"u","UserAttributes":[${"{},".repeat(200_000)}{}]}`),
  },
  {
    surface: "user pools",
    title: "250,000 levels",
    send: json("InitiateAuth", `${"[".repeat(250_000)}${"]".repeat(250_000)}`),
  },
  {
    surface: "user pools",
    title: "a user name of 1 MiB",
    send: json("ForgotPassword", JSON.stringify({ ClientId: "x", Username: "a".repeat(MEBIBYTE) })),
  },
  {
    surface: "user pools",
    title: "a client ID of 500,000 characters that the answer cannot show",
    send: json("ForgotPassword", JSON.stringify({ ClientId: "İ".repeat(500_000), Username: "u" })),
  },
  {
    surface: "user pools",
    title: "an access token of 1 MiB",
    send: json("GetUser", JSON.stringify({ AccessToken: `${"a.".repeat(MEBIBYTE / 2)}` })),
  },
  {
    surface: "user pools",
    title: "a Session of 1 MiB",
    send: json(
      "RespondToAuthChallenge",
      JSON.stringify({
        ClientId: "x",
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session: "a".repeat(MEBIBYTE),
      }),
    ),
  },
  { surface: "OAuth", title: "500,000 equal fields", send: form("/oauth2/token", "a&".repeat(500_000)) },
  {
    surface: "OAuth",
    title: "a scope of 1 MiB",
    send: form(
      "/oauth2/token",
      `grant_type=client_credentials&client_id=x&scope=${"a+".repeat(MEBIBYTE / 2)}`,
    ),
  },
  {
    surface: "console",
    title: "a password of 1 MiB",
    send: (url) =>
      fetch(`${url}/console/api/sign-in`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: url, "x-cognate-console": "1" },
        body: JSON.stringify({ userName: "cognate", password: "a".repeat(MEBIBYTE) }),
      }),
  },
  {
    surface: "console",
    title: "20 wrong passwords at once",
    send: (url) =>
      Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          fetch(`${url}/console/api/sign-in`, {
            method: "POST",
            headers: { "content-type": "application/json", origin: url, "x-cognate-console": "1" },
            body: JSON.stringify({ userName: `user${index}`, password: "Wrong-1234" }),
          }),
        ),
      ),
  },
  {
    surface: "control",
    title: "a body of 1 MiB",
    send: (url) =>
      fetch(`${url}/_cognate/signing-keys?poolId=x`, { method: "POST", body: "a".repeat(MEBIBYTE) }),
  },
];

function signedRequests(iam: IAMClient): HostileRequest[] {
  const policy = (resourceName: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: `arn:aws:iam::*:user/${resourceName}` }],
    });
  const simulate = (resourceName: string) => () =>
    iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: ADMINISTRATOR_ARN,
        PolicyInputList: [policy(resourceName)],
        ActionNames: ["iam:GetUser"],
        ResourceArns: [`arn:aws:iam::123456789012:user/${"a".repeat(1500)}`],
      }),
    );
  return [
    {
      surface: "IAM",
      title: "a simulation of 100 actions on 100 resources",
      send: () =>
        iam.send(
          new SimulatePrincipalPolicyCommand({
            PolicySourceArn: ADMINISTRATOR_ARN,
            ActionNames: Array.from({ length: 100 }, (_, index) => `iam:Get${index}`),
            ResourceArns: Array.from(
              { length: 100 },
              (_, index) => `arn:aws:iam::123456789012:user/u${index}`,
            ),
          }),
        ),
    },
    {
      surface: "IAM",
      title: "a policy of 2,500 nested variables",
      send: simulate("${".repeat(2500) + "}".repeat(2500)),
    },
    { surface: "IAM", title: "a policy of 10,000 wildcards", send: simulate("*a".repeat(10_000)) },
    {
      surface: "IAM",
      title: "a signed name of 1 MiB",
      send: () => iam.send(new GetUserCommand({ UserName: "a".repeat(MEBIBYTE) })),
    },
  ];
}

/**
 * Requests to a pool in which clients may register themselves, and whose provider may begin a sign-in: its responses have as many elements
 * as are allowed, and another key than the provider's signed them.
 */
async function poolRequests(access: Access): Promise<HostileRequest[]> {
  const now = Date.now();
  const [known, unknown] = [await testKey(now), await testKey(now)];
  const cognito = new CognitoIdentityProviderClient(access);
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: "stalls",
      DcrConfiguration: { EnableStatus: "Enabled", OpenDcrEnabled: true },
    }),
  );
  const UserPoolId = UserPool?.Id ?? "";
  const provider = { UserPoolId, ProviderName: "Corp", ProviderType: "SAML" } as const;
  const MetadataFile = identityProviderMetadata([known.certificate]);
  await cognito.send(
    new CreateIdentityProviderCommand({ ...provider, ProviderDetails: { MetadataFile, IDPInit: "true" } }),
  );
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: "web",
      SupportedIdentityProviders: ["Corp"],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: [CALLBACK],
    }),
  );
  cognito.destroy();
  const recipient = `${access.endpoint}/${UserPoolId}/saml2/idpresponse`;
  const RelayState = `identity_provider=Corp&client_id=${UserPoolClient?.ClientId}&redirect_uri=${CALLBACK}&response_type=code&scope=openid`;
  const audience = `urn:amazon:cognito:sp:${UserPoolId}`;
  const parts = { now, recipient, audience, requestId: undefined, destination: recipient };
  const send = (xml: string) => () =>
    fetch(recipient, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ SAMLResponse: base64(xml), RelayState }),
    });
  const groups = Array.from({ length: 1000 }, (_, index) => `g${index}`);
  const withGroups = signed(assertionXml({ ...parts, attributes: { groups } }), unknown);
  const withAttributes = signed(assertionXml(parts), unknown) + '<a b="1" c="2"/>'.repeat(1100);
  return [
    {
      surface: "OAuth",
      title: "a registration with 500,000 numbers",
      send: (url) =>
        fetch(`${url}/${UserPoolId}/oauth2/register`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: `{"grant_types":[${"1,".repeat(500_000)}1]}`,
        }),
    },
    {
      surface: "SAML",
      title: "a forged response with 1,000 groups",
      send: send(responseXml(parts, withGroups)),
    },
    {
      surface: "SAML",
      title: "a forged response with 1,100 elements and 2,200 attributes",
      send: send(responseXml(parts, withAttributes)),
    },
  ];
}

interface Access {
  readonly endpoint: string;
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

async function administrator(folder: string, url: string): Promise<Access> {
  const file = await readFile(join(folder, "credentials"), "utf8");
  const value = (name: string) => new RegExp(`^${name} = (\\S+)$`, "m").exec(file)?.[1] ?? "";
  return {
    endpoint: url,
    region: "us-east-1",
    maxAttempts: 1,
    credentials: {
      accessKeyId: value("aws_access_key_id"),
      secretAccessKey: value("aws_secret_access_key"),
    },
  };
}
