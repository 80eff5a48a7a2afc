/**
 * `node tools/generate-iam-model/main.ts BOTOCORE/data`: writes `src/iam/api-model/*.generated.ts`, the model of
 * the operations of IAM and STS that this server has, from botocore's `service-2.json` of both services.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv, exit, stderr } from "node:process";
import { merge } from "../generate-api-model/merge.ts";
import type { ModelSource } from "../generate-api-model/model-source.ts";
import { readBotocore } from "../generate-api-model/read-botocore.ts";
import { modelText, typesText } from "../generate-api-model/write.ts";

const forUsersAndRoles = (...names: readonly string[]) =>
  names.flatMap((name) => ["User", "Role"].map((kind) => name.replace("*", kind)));

const SERVICES = [
  {
    name: "iam",
    path: "iam/2010-05-08/service-2.json.gz",
    operations: [
      ...forUsersAndRoles("Create*", "Get*", "List*s", "Update*", "Delete*", "Tag*", "Untag*", "List*Tags"),
      ...["CreateAccessKey", "ListAccessKeys", "UpdateAccessKey", "DeleteAccessKey", "GetAccessKeyLastUsed"],
      ...["CreateLoginProfile", "GetLoginProfile", "UpdateLoginProfile", "DeleteLoginProfile"],
      ...[
        "ChangePassword",
        "GetAccountPasswordPolicy",
        "UpdateAccountPasswordPolicy",
        "DeleteAccountPasswordPolicy",
      ],
      ...["UpdateAssumeRolePolicy", "UpdateRoleDescription"],
      ...["CreatePolicy", "GetPolicy", "ListPolicies", "DeletePolicy"],
      ...["CreatePolicyVersion", "GetPolicyVersion", "ListPolicyVersions"],
      ...["SetDefaultPolicyVersion", "DeletePolicyVersion"],
      ...["TagPolicy", "UntagPolicy", "ListPolicyTags", "ListEntitiesForPolicy"],
      ...forUsersAndRoles("Attach*Policy", "Detach*Policy", "ListAttached*Policies"),
      ...forUsersAndRoles("Put*Policy", "Get*Policy", "List*Policies", "Delete*Policy"),
      ...forUsersAndRoles("Put*PermissionsBoundary", "Delete*PermissionsBoundary"),
      ...["CreateOpenIDConnectProvider", "GetOpenIDConnectProvider", "ListOpenIDConnectProviders"],
      ...["DeleteOpenIDConnectProvider", "AddClientIDToOpenIDConnectProvider"],
      ...["RemoveClientIDFromOpenIDConnectProvider"],
      ...["ListGroupsForUser", "ListInstanceProfilesForRole", "ListMFADevices"],
      ...["ListAccountAliases", "GetAccountSummary", "SimulatePrincipalPolicy"],
    ],
  },
  {
    name: "sts",
    path: "sts/2011-06-15/service-2.json.gz",
    operations: [
      ...["AssumeRole", "AssumeRoleWithWebIdentity", "GetAccessKeyInfo"],
      ...["GetCallerIdentity", "GetFederationToken", "GetSessionToken"],
    ],
  },
];

const data = argv[2];
if (data === undefined) {
  stderr.write("Say where botocore's data folder is:\n");
  stderr.write("  node tools/generate-iam-model/main.ts .../site-packages/botocore/data\n");
  exit(2);
}

for (const { name: service, path, operations } of SERVICES) {
  const source = readBotocore(join(data, path));
  const wanted = new Map(
    operations.map((name) => {
      const operation = source.operations.get(name);
      if (!operation) throw new Error(`${path} has no operation ${name}`);
      return [name, operation];
    }),
  );
  const nothing: ModelSource = { operations: new Map(), shapes: new Map() };
  const model = merge({ operations: wanted, shapes: source.shapes }, nothing);
  const write = (what: string, text: string) =>
    writeFileSync(new URL(`../../src/iam/api-model/${service}-${what}.generated.ts`, import.meta.url), text);
  write("model", modelText(model));
  write("operations", typesText(model));
}
