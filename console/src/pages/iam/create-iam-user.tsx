import { CreateLoginProfileCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import Checkbox from "@cloudscape-design/components/checkbox";
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
import { FormPage } from "../../components/basics/form-page.tsx";
import { SecretInput } from "../../components/basics/secret-input.tsx";
import { attachAll } from "../../components/iam/attached-policies.tsx";
import { PolicyChoice } from "../../components/iam/policy-choice.tsx";
import { useText } from "../../i18n/text.tsx";
import { isLoginPassword } from "../../rules/authentication/password.ts";
import { isIamName } from "../../rules/names.ts";

export default function CreateIamUser() {
  const text = useText().iam;
  const show = useFlash();
  const [name, setName] = useState("");
  const [hasPassword, setHasPassword] = useState(false);
  const [password, setPassword] = useState("");
  const [policyArns, setPolicyArns] = useState<readonly string[]>([]);
  const isNameValid = isIamName(name);
  const isPasswordValid = !hasPassword || isLoginPassword(password);
  return (
    <FormPage
      title={text.createUser}
      description={text.createUserDescription}
      submitLabel={text.createUser}
      cancelHref={paths.iamUsers}
      values={{ name, hasPassword, password, policyArns }}
      isValid={isNameValid && isPasswordValid}
      onSubmit={async () => {
        await inIam((client) => client.send(new CreateUserCommand({ UserName: name })));
        try {
          if (hasPassword)
            await inIam((client) =>
              client.send(new CreateLoginProfileCommand({ UserName: name, Password: password })),
            );
          await attachAll({ kind: "user", name }, policyArns);
          show("success", text.userCreated(name));
        } catch (error) {
          // The user's page does the rest: a second try here would be refused, because the user exists.
          show("error", text.userCreatedInPart(name, problemOf(error).message));
        }
        return paths.iamUser(name);
      }}
    >
      {(wasTried) => (
        <Container header={<Header>{text.details}</Header>}>
          <SpaceBetween size="l">
            <FormField
              label={text.userName}
              constraintText={text.nameRule}
              errorText={!isNameValid && (wasTried || name !== "") ? text.nameFault : undefined}
            >
              <Input value={name} autoComplete={false} onChange={({ detail }) => setName(detail.value)} />
            </FormField>
            <Checkbox checked={hasPassword} onChange={({ detail }) => setHasPassword(detail.checked)}>
              {text.giveConsoleAccess}
            </Checkbox>
            {hasPassword && (
              <FormField
                label={text.password}
                constraintText={
                  !isPasswordValid && (wasTried || password !== "") ? undefined : text.passwordRule
                }
                errorText={!isPasswordValid && (wasTried || password !== "") ? text.passwordRule : undefined}
              >
                <SecretInput value={password} onChange={setPassword} autoComplete="new-password" />
              </FormField>
            )}
            <PolicyChoice chosen={policyArns} onChange={setPolicyArns} />
          </SpaceBetween>
        </Container>
      )}
    </FormPage>
  );
}
