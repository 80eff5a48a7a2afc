import { AdminCreateUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { useNavigation } from "../../app/router.tsx";
import { FormPage } from "../../components/basics/form-page.tsx";
import { KeyValues, ValueList } from "../../components/basics/key-values.tsx";
import { Optional } from "../../components/basics/optional.tsx";
import { NewPasswordField } from "../../components/basics/password-field.tsx";
import { GeneratedPassword } from "../../components/users/generated-password.tsx";
import { useText } from "../../i18n/text.tsx";
import { generatePassword, passwordPolicyOf } from "../../rules/authentication/password.ts";
import { signInOptionsOf } from "../../rules/authentication/sign-in-options.ts";
import {
  createUserRequest,
  emptyUser,
  invitationsOf,
  type NewUser,
  newUserFaults,
  passwordWaysOf,
} from "../../rules/users/new-user.ts";
import { userLabel } from "../../rules/users/user-label.ts";

export default function CreateUser({ poolId }: { readonly poolId: string }) {
  const { pool } = usePool();
  const text = useText().createUser;
  const show = useFlash();
  const { navigate } = useNavigation();
  const options = signInOptionsOf(pool);
  const policy = passwordPolicyOf(pool.Policies?.PasswordPolicy);
  const invitations = invitationsOf(pool);
  const ways = passwordWaysOf(pool);
  const [user, setUser] = useState<NewUser>(() => ({ ...emptyUser, passwordWay: ways.at(-1) ?? "generate" }));
  const [created, setCreated] = useState<{ readonly label: string; readonly password: string }>();
  const change = (changes: Partial<NewUser>) => setUser((before) => ({ ...before, ...changes }));
  const faults = newUserFaults(user, options, policy);
  // In an invitation, the server sends the password that it generates.
  const isShownOnce = user.passwordWay === "generate" && user.invitation === "none";

  return (
    <FormPage
      title={text.title}
      description={text.description}
      submitLabel={text.submit}
      cancelHref={paths.users(poolId)}
      values={user}
      isValid={Object.keys(faults).length === 0}
      onSubmit={async () => {
        const request = createUserRequest(poolId, user, options);
        // The server never shows a password that it generates itself.
        const password = isShownOnce ? generatePassword(policy) : undefined;
        const answer = await inPool(poolId, (client) =>
          client.send(
            new AdminCreateUserCommand({
              ...request,
              ...(password !== undefined && { TemporaryPassword: password }),
            }),
          ),
        );
        const label = userLabel(pool, answer.User ?? {});
        show("success", text.created(label));
        if (password === undefined) return paths.users(poolId);
        setCreated({ label, password });
        return undefined;
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="l">
          <SignInPanel />
          <Container header={<Header>{text.information}</Header>}>
            <SpaceBetween size="l">
              <FormField label={text.invitation}>
                <RadioGroup
                  value={user.invitation}
                  onChange={({ detail }) =>
                    change({
                      invitation: invitations.find((way) => way === detail.value) ?? user.invitation,
                    })
                  }
                  items={invitations.map((value) => ({ value, label: text.invitations[value] }))}
                />
              </FormField>
              {options.hasUsername && (
                <FormField
                  label={text.userName}
                  constraintText={text.userNameRule}
                  errorText={
                    faults.username && (wasTried || user.username !== "")
                      ? text.faults[faults.username]
                      : undefined
                  }
                >
                  <Input
                    value={user.username}
                    onChange={({ detail }) => change({ username: detail.value })}
                    autoComplete={false}
                    spellcheck={false}
                  />
                </FormField>
              )}
              <SpaceBetween size="xs">
                <FormField
                  label={options.hasUsername ? <Optional label={text.email} /> : text.email}
                  errorText={
                    faults.email && (wasTried || user.email !== "") ? text.faults[faults.email] : undefined
                  }
                >
                  <Input
                    type="email"
                    inputMode="email"
                    value={user.email}
                    onChange={({ detail }) => change({ email: detail.value })}
                    placeholder="jane@example.com"
                    autoComplete={false}
                  />
                </FormField>
                <Checkbox
                  checked={user.isEmailVerified}
                  onChange={({ detail }) => change({ isEmailVerified: detail.checked })}
                >
                  {text.markEmailVerified}
                </Checkbox>
              </SpaceBetween>
              <SpaceBetween size="xs">
                <FormField
                  label={<Optional label={text.phoneNumber} />}
                  constraintText={text.phoneNumberRule}
                  errorText={
                    faults.phoneNumber && (wasTried || user.phoneNumber !== "")
                      ? text.faults[faults.phoneNumber]
                      : undefined
                  }
                >
                  <Input
                    type="text"
                    inputMode="tel"
                    value={user.phoneNumber}
                    onChange={({ detail }) => change({ phoneNumber: detail.value })}
                    placeholder="+14155552671"
                    autoComplete={false}
                  />
                </FormField>
                <Checkbox
                  checked={user.isPhoneNumberVerified}
                  onChange={({ detail }) => change({ isPhoneNumberVerified: detail.checked })}
                >
                  {text.markPhoneVerified}
                </Checkbox>
              </SpaceBetween>
              <FormField label={text.temporaryPassword}>
                <RadioGroup
                  value={user.passwordWay}
                  onChange={({ detail }) =>
                    change({
                      passwordWay: ways.find((way) => way === detail.value) ?? user.passwordWay,
                      password: "",
                    })
                  }
                  items={ways.map((value) => ({ value, label: text.passwordWays[value] }))}
                />
              </FormField>
              {user.passwordWay === "set" && (
                <NewPasswordField
                  label={text.password}
                  value={user.password}
                  onChange={(password) => change({ password })}
                  policy={policy}
                  wasTried={wasTried}
                />
              )}
              {isShownOnce && <Alert type="info">{text.shownOnce}</Alert>}
            </SpaceBetween>
          </Container>
          {created && <GeneratedPassword {...created} onDismiss={() => navigate(paths.users(poolId))} />}
        </SpaceBetween>
      )}
    </FormPage>
  );
}

/** The requirements of the pool, above the form as in AWS's console. */
function SignInPanel() {
  const { pool } = usePool();
  const text = useText().createUser;
  const policyText = useText().passwordPolicy.rules;
  const options = signInOptionsOf(pool);
  const policy = passwordPolicyOf(pool.Policies?.PasswordPolicy);
  const names = useText().signInSettings.options;
  const signIn = [
    ...(options.hasUsername ? [names.username] : []),
    ...(options.email ? [names.email] : []),
    ...(options.phoneNumber ? [names.phoneNumber] : []),
    ...(options.preferredUsername ? [names.preferredUsername] : []),
  ];
  const required = [
    policyText.minimumLength(policy.MinimumLength),
    ...(policy.RequireUppercase ? [policyText.uppercase] : []),
    ...(policy.RequireLowercase ? [policyText.lowercase] : []),
    ...(policy.RequireNumbers ? [policyText.number] : []),
    ...(policy.RequireSymbols ? [policyText.symbol] : []),
  ];
  return (
    <Container header={<Header>{text.requirements}</Header>}>
      <KeyValues
        columns={2}
        items={[
          { label: text.signInOptions, value: <ValueList values={signIn} /> },
          { label: text.passwordRequirements, value: <ValueList values={required} /> },
        ]}
      />
    </Container>
  );
}
