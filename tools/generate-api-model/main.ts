/**
 * `npm run generate -- PATH`: writes `src/api-model/*.generated.ts` from botocore's `cognito-idp/2016-04-18/service-2.json`
 * (or its `.gz`) at PATH and the installed `@aws-sdk/client-cognito-identity-provider`.
 */
import { writeFileSync } from "node:fs";
import { argv, exit, stderr } from "node:process";
import { merge } from "./merge.ts";
import { readBotocore } from "./read-botocore.ts";
import { readSdk } from "./read-sdk.ts";
import { errorsText, modelText, typesText } from "./write.ts";

const path = argv[2];
if (path === undefined) {
  stderr.write("Say where botocore's cognito-idp service-2.json is:\n");
  stderr.write("  npm run generate -- .../botocore/data/cognito-idp/2016-04-18/service-2.json.gz\n");
  exit(2);
}

const model = merge(readBotocore(path), readSdk());
const write = (name: string, text: string) =>
  writeFileSync(new URL(`../../src/api-model/${name}`, import.meta.url), text);
write("model.generated.ts", modelText(model));
write("operations.generated.ts", typesText(model));
write("errors.generated.ts", errorsText(model));
