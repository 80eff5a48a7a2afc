import { expect, it } from "vitest";
import { renderConfigFile, renderCredentialsFile } from "./aws-files.ts";

it("writes only the administrator's profile to the credentials file", () =>
  expect(renderCredentialsFile({ id: "AKIAEXAMPLE", secret: "secret" })).toBe(
    "[cognate]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\n",
  ));

it("points both profiles of the config file at this server, only for its services, and names this installation", () =>
  expect(
    renderConfigFile({
      endpoint: "http://127.0.0.1:9229",
      region: "eu-west-3",
      roleArn: "arn:aws:iam::123456789012:role/cognate-power-user",
      accessKey: { id: "AKIAEXAMPLEEXAMPLE01", secret: "secret" },
    }),
  ).toBe(`[profile cognate]
region = eu-west-3
cli_follow_urlparam = false
services = cognate

[profile cognate-power-user]
role_arn = arn:aws:iam::123456789012:role/cognate-power-user
source_profile = cognate
role_session_name = cognate-XAMPLE01
region = eu-west-3
cli_follow_urlparam = false
services = cognate

[services cognate]
cognito_identity_provider =
  endpoint_url = http://127.0.0.1:9229
sts =
  endpoint_url = http://127.0.0.1:9229
iam =
  endpoint_url = http://127.0.0.1:9229
`));
