import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useText } from "../i18n/text.tsx";
import { hasSecretByDefault } from "../rules/app-client.ts";
import { type CustomAttribute, emptyCustomAttribute } from "../rules/custom-attributes.ts";
import { isClientName, isPoolName } from "../rules/names.ts";
import { hasSignInOption, type NewPool, requirableAttributes } from "../rules/new-pool.ts";
import { ApplicationTypeTiles } from "./application-type.tsx";
import { CustomAttributeFields } from "./custom-attribute.tsx";
import { PasswordPolicyFields } from "./password-policy.tsx";
import { TagFields } from "./tag-fields.tsx";

interface StepProps {
  readonly pool: NewPool;
  readonly onChange: (changes: Partial<NewPool>) => void;
}

export function SignInStep({ pool: { signIn, isCaseSensitive }, onChange }: StepProps) {
  const text = useText().createPool.signIn;
  const names = useText().signInSettings.options;
  const options = [
    ["hasUsername", names.username],
    ["email", names.email],
    ["phoneNumber", names.phoneNumber],
  ] as const;
  return (
    <Container header={<Header>{text.container}</Header>}>
      <SpaceBetween size="l">
        <FormField
          label={text.options}
          description={text.optionsHint}
          errorText={hasSignInOption(signIn) ? undefined : text.noOption}
        >
          <SpaceBetween size="xs">
            {options.map(([name, label]) => (
              <Checkbox
                key={name}
                checked={signIn[name]}
                onChange={({ detail }) =>
                  onChange({
                    signIn: {
                      ...signIn,
                      [name]: detail.checked,
                      ...(name === "hasUsername" && !detail.checked ? { preferredUsername: false } : {}),
                    },
                  })
                }
              >
                {label}
              </Checkbox>
            ))}
          </SpaceBetween>
        </FormField>
        {signIn.hasUsername && (
          <FormField label={text.userNameRequirements}>
            <SpaceBetween size="xs">
              <Checkbox
                checked={signIn.preferredUsername}
                onChange={({ detail }) =>
                  onChange({ signIn: { ...signIn, preferredUsername: detail.checked } })
                }
              >
                {text.preferredUsername}
              </Checkbox>
            </SpaceBetween>
          </FormField>
        )}
        <Checkbox
          checked={isCaseSensitive}
          description={text.caseSensitiveHint}
          onChange={({ detail }) => onChange({ isCaseSensitive: detail.checked })}
        >
          {text.caseSensitive}
        </Checkbox>
        <Alert type="info">{text.fixed}</Alert>
      </SpaceBetween>
    </Container>
  );
}

export function PasswordStep({ pool, onChange }: StepProps) {
  const text = useText().passwordPolicy;
  return (
    <Container header={<Header>{text.title}</Header>}>
      <PasswordPolicyFields values={pool.password} onChange={(password) => onChange({ password })} />
    </Container>
  );
}

export function AttributesStep({ pool, onChange, wasTried }: StepProps & { readonly wasTried: boolean }) {
  const text = useText().createPool.attributes;
  const signUp = useText().signUpSettings;
  const options = requirableAttributes.map((name) => ({ value: name, label: name }));
  const setCustom = (index: number, attribute: CustomAttribute) =>
    onChange({ custom: pool.custom.map((before, at) => (at === index ? attribute : before)) });
  return (
    <SpaceBetween size="l">
      <Container header={<Header>{signUp.selfRegistration}</Header>}>
        <Checkbox
          checked={pool.isSelfRegistrationOpen}
          description={signUp.selfRegistrationHint}
          onChange={({ detail }) => onChange({ isSelfRegistrationOpen: detail.checked })}
        >
          {signUp.enableSelfRegistration}
        </Checkbox>
      </Container>
      <Container header={<Header description={signUp.requiredHint}>{signUp.required}</Header>}>
        <FormField label={text.additional}>
          <Multiselect
            options={options}
            selectedOptions={options.filter(({ value }) => pool.required.includes(value))}
            placeholder={text.choose}
            filteringType="auto"
            onChange={({ detail }) =>
              onChange({ required: detail.selectedOptions.map(({ value = "" }) => value) })
            }
          />
        </FormField>
      </Container>
      <Container header={<Header description={signUp.customHint}>{signUp.custom}</Header>}>
        <SpaceBetween size="l">
          {pool.custom.map((attribute, index) => (
            <SpaceBetween size="xs" key={String(index)}>
              <CustomAttributeFields
                attribute={attribute}
                onChange={(changed) => setCustom(index, changed)}
                wasTried={wasTried}
              />
              <Button
                formAction="none"
                onClick={() => onChange({ custom: pool.custom.filter((_custom, at) => at !== index) })}
              >
                {text.remove}
              </Button>
            </SpaceBetween>
          ))}
          <Button
            formAction="none"
            iconName="add-plus"
            onClick={() => onChange({ custom: [...pool.custom, emptyCustomAttribute] })}
          >
            {signUp.addCustom}
          </Button>
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}

export function PoolAndClientStep({ pool, onChange, wasTried }: StepProps & { readonly wasTried: boolean }) {
  const text = useText().createPool.names;
  const clients = useText().appClients;
  const common = useText().common;
  const tags = useText().tags;
  const nameFault = !isPoolName(pool.name) && (wasTried || pool.name !== "");
  const clientFault = !isClientName(pool.clientName) && (wasTried || pool.clientName !== "");
  return (
    <SpaceBetween size="l">
      <Container header={<Header>{text.pool}</Header>}>
        <SpaceBetween size="l">
          <FormField
            label={text.poolName}
            constraintText={common.rules.poolName}
            errorText={nameFault ? common.rules.poolNameFault : undefined}
          >
            <Input
              value={pool.name}
              autoComplete={false}
              onChange={({ detail }) => onChange({ name: detail.value })}
            />
          </FormField>
          <Checkbox
            checked={pool.isProtected}
            description={text.protectionHint}
            onChange={({ detail }) => onChange({ isProtected: detail.checked })}
          >
            {text.protection}
          </Checkbox>
        </SpaceBetween>
      </Container>
      <Container header={<Header description={text.clientHint}>{text.client}</Header>}>
        <SpaceBetween size="l">
          <ApplicationTypeTiles
            value={pool.application}
            onChange={(application) => onChange({ application, hasSecret: hasSecretByDefault[application] })}
          />
          <FormField
            label={clients.name}
            constraintText={common.rules.clientName}
            errorText={clientFault ? common.rules.clientNameFault : undefined}
          >
            <Input
              value={pool.clientName}
              autoComplete={false}
              onChange={({ detail }) => onChange({ clientName: detail.value })}
            />
          </FormField>
          <Checkbox
            checked={pool.hasSecret}
            description={clients.generateSecretHint}
            onChange={({ detail }) => onChange({ hasSecret: detail.checked })}
          >
            {clients.generateSecret}
          </Checkbox>
        </SpaceBetween>
      </Container>
      <Container header={<Header description={tags.description}>{tags.title}</Header>}>
        <TagFields tags={pool.tags} onChange={(next) => onChange({ tags: next })} />
      </Container>
    </SpaceBetween>
  );
}
