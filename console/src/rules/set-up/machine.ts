import { shellWord } from "../quickstart/place.ts";
import { literal, poolUrlOf, type SetUpSample, scopeOf, secretSetUp } from "./place.ts";

export const curl: SetUpSample = {
  id: "curl",
  label: "cURL",
  steps: [
    { name: "secret", lines: secretSetUp },
    {
      name: "code",
      lines: (place) => `curl --fail-with-body ${poolUrlOf(place)}/oauth2/token \\
  --user "${place.clientId}:$CLIENT_SECRET" \\
  --data grant_type=client_credentials \\
  --data-urlencode ${shellWord(`scope=${scopeOf(place)}`)}`,
    },
  ],
};

export const nodeScript: SetUpSample = {
  id: "node",
  label: "Node.js",
  steps: [
    { name: "secret", lines: secretSetUp },
    {
      name: "code",
      lines: (place) => `const clientId = "${place.clientId}";
const answer = await fetch("${poolUrlOf(place)}/oauth2/token", {
  method: "POST",
  headers: { authorization: \`Basic \${btoa(\`\${clientId}:\${process.env.CLIENT_SECRET}\`)}\` },
  body: new URLSearchParams({ grant_type: "client_credentials", scope: ${literal(scopeOf(place))} }),
});
if (!answer.ok) throw new Error(await answer.text());
const { access_token, expires_in } = await answer.json();
console.log(access_token, expires_in);`,
    },
  ],
};

export const python: SetUpSample = {
  id: "python",
  label: "Python",
  steps: [
    { name: "secret", lines: secretSetUp },
    {
      name: "code",
      lines: (place) => `import base64
import json
import os
from urllib.parse import urlencode
from urllib.request import Request, urlopen

client_id = "${place.clientId}"
secret = os.environ["CLIENT_SECRET"]
request = Request(
    "${poolUrlOf(place)}/oauth2/token",
    data=urlencode({"grant_type": "client_credentials", "scope": ${literal(scopeOf(place))}}).encode(),
    headers={"Authorization": "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()},
)
with urlopen(request) as answer:
    tokens = json.load(answer)
print(tokens["access_token"], tokens["expires_in"])`,
    },
  ],
};
