import { CreateRoleCommand } from "@aws-sdk/client-iam";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { problemOf } from "../../api/errors.ts";
import { inIam } from "../../api/iam-client.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { useSession } from "../../app/session.tsx";
import { FormPage } from "../../components/basics/form-page.tsx";
import { Optional } from "../../components/basics/optional.tsx";
import { attachAll } from "../../components/iam/attached-policies.tsx";
import { PolicyChoice } from "../../components/iam/policy-choice.tsx";
import { PolicyEditor } from "../../components/iam/policy-editor.tsx";
import { useText } from "../../i18n/text.tsx";
import { policyFinding } from "../../rules/iam/policy-document.ts";
import { isIamName } from "../../rules/names.ts";

/** Lets users and roles of the account assume the role, if their own policies allow it. */
function accountTrustPolicy(accountId: string): string {
  const policy = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: "sts:AssumeRole",
      },
    ],
  };
  return JSON.stringify(policy, null, 2);
}

export default function CreateIamRole() {
  const text = useText().iam;
  const show = useFlash();
  const { me } = useSession();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [trust, setTrust] = useState(() => accountTrustPolicy(me.accountId));
  const [policyArns, setPolicyArns] = useState<readonly string[]>([]);
  const isNameValid = isIamName(name);
  const isTrustValid = policyFinding(trust, "trust") === undefined;
  return (
    <FormPage
      title={text.createRole}
      description={text.createRoleDescription}
      submitLabel={text.createRole}
      cancelHref={paths.iamRoles}
      values={{ name, description, trust, policyArns }}
      isValid={isNameValid && isTrustValid}
      onSubmit={async () => {
        await inIam((client) =>
          client.send(
            new CreateRoleCommand({
              RoleName: name,
              AssumeRolePolicyDocument: trust,
              ...(description === "" ? {} : { Description: description }),
            }),
          ),
        );
        try {
          await attachAll({ kind: "role", name }, policyArns);
          show("success", text.roleCreated(name));
        } catch (error) {
          // The role's page does the rest: a second try here would be refused, because the role exists.
          show("error", text.roleCreatedInPart(name, problemOf(error).message));
        }
        return paths.iamRole(name);
      }}
    >
      {(wasTried) => (
        <Container header={<Header>{text.details}</Header>}>
          <SpaceBetween size="l">
            <FormField
              label={text.roleName}
              constraintText={text.nameRule}
              errorText={!isNameValid && (wasTried || name !== "") ? text.nameFault : undefined}
            >
              <Input value={name} autoComplete={false} onChange={({ detail }) => setName(detail.value)} />
            </FormField>
            <FormField label={<Optional label={text.description} />}>
              <Input
                value={description}
                autoComplete={false}
                onChange={({ detail }) => setDescription(detail.value)}
              />
            </FormField>
            <PolicyEditor
              label={text.trustPolicy}
              description={text.trustPolicyHint}
              kind="trust"
              value={trust}
              onChange={setTrust}
            />
            <PolicyChoice chosen={policyArns} onChange={setPolicyArns} />
          </SpaceBetween>
        </Container>
      )}
    </FormPage>
  );
}
