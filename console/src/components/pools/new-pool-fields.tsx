import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";
import { useText } from "../../i18n/text.tsx";
import { type CustomAttribute, emptyCustomAttribute } from "../../rules/authentication/custom-attributes.ts";
import { type NewPool, newPoolFaults, otherNames, requirableAttributes } from "../../rules/pools/new-pool.ts";
import { ApplicationTypeTiles, clientTypes } from "../app-clients/application-type.tsx";
import { ReturnUrlField } from "../app-clients/return-url.tsx";
import { CustomAttributeFields } from "../authentication/custom-attribute.tsx";
import { PasswordPolicyFields } from "../authentication/password-policy.tsx";
import { TagFields } from "./tag-fields.tsx";

interface Props {
  readonly pool: NewPool;
  readonly onChange: (changes: Partial<NewPool>) => void;
  readonly wasTried: boolean;
}

export function DefineApplication({ pool, onChange, wasTried }: Props) {
  const text = useText().createPool;
  const clients = useText().appClients;
  const common = useText().common;
  const isWrong = newPoolFaults(pool).clientName && (wasTried || pool.clientName !== "");
  return (
    <Container header={<Header>{clients.define}</Header>}>
      <SpaceBetween size="l">
        <ApplicationTypeTiles
          types={clientTypes}
          value={pool.application}
          onChange={(application) => onChange({ application })}
        />
        <FormField
          label={text.applicationName}
          description={text.applicationNameHint}
          constraintText={common.rules.clientName}
          errorText={isWrong ? common.rules.clientNameFault : undefined}
        >
          <Input
            value={pool.clientName}
            autoComplete={false}
            onChange={({ detail }) => onChange({ clientName: detail.value })}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}

export function AddReturnUrl({ pool, onChange }: Pick<Props, "pool" | "onChange">) {
  const text = useText().createPool;
  return (
    <Container header={<Header>{text.returnUrl}</Header>}>
      <ReturnUrlField url={pool.returnUrl} onChange={(returnUrl) => onChange({ returnUrl })} />
    </Container>
  );
}

export function ConfigureOptions({ pool, onChange }: Props) {
  const text = useText().createPool;
  const names = useText().signInSettings.options;
  const signUp = useText().signUpSettings;
  const { signIn } = pool;
  const options = requirableAttributes.map((name) => ({ value: name, label: name }));
  const identifiers = [
    ["email", names.email],
    ["phoneNumber", names.phoneNumber],
    ["hasUsername", names.username],
  ] as const;
  return (
    <Container header={<Header>{text.options}</Header>}>
      <SpaceBetween size="l">
        <FormField
          label={text.identifiers}
          description={text.identifiersHint}
          errorText={newPoolFaults(pool).signIn ? text.noIdentifier : undefined}
        >
          <SpaceBetween size="xs">
            {identifiers.map(([name, label]) => (
              <Checkbox
                key={name}
                checked={signIn[name]}
                onChange={({ detail }) => onChange({ signIn: { ...signIn, [name]: detail.checked } })}
              >
                {label}
              </Checkbox>
            ))}
          </SpaceBetween>
        </FormField>
        <FormField label={text.selfRegistration}>
          <Checkbox
            checked={pool.isSelfRegistrationOpen}
            description={signUp.selfRegistrationHint}
            onChange={({ detail }) => onChange({ isSelfRegistrationOpen: detail.checked })}
          >
            {signUp.enableSelfRegistration}
          </Checkbox>
        </FormField>
        <FormField label={text.required} description={text.requiredHint}>
          <Multiselect
            options={options}
            selectedOptions={options.filter(({ value }) => pool.required.includes(value))}
            placeholder={text.chooseAttributes}
            filteringType="auto"
            onChange={({ detail }) =>
              onChange({ required: detail.selectedOptions.map(({ value = "" }) => value) })
            }
          />
        </FormField>
        <Alert type="info">{text.fixed}</Alert>
      </SpaceBetween>
    </Container>
  );
}

/** Settings that AWS's page keeps at their defaults. */
export function MoreOptions({ pool, onChange, wasTried }: Props) {
  const text = useText().createPool;
  const common = useText().common;
  const policy = useText().passwordPolicy;
  const signUp = useText().signUpSettings;
  const settings = useText().poolSettings;
  const tags = useText().tags;
  const faults = newPoolFaults(pool);
  const { signIn } = pool;
  return (
    <SpaceBetween size="l">
      <Section title={text.more} hint={text.moreHint} hasFault={wasTried && (faults.name || faults.tags)}>
        <SpaceBetween size="l">
          <FormField
            label={text.poolName}
            constraintText={common.rules.poolName}
            errorText={faults.name ? common.rules.poolNameFault : undefined}
          >
            <Input
              value={pool.name}
              placeholder={pool.clientName}
              autoComplete={false}
              onChange={({ detail }) => onChange({ name: detail.value })}
            />
          </FormField>
          <Checkbox
            checked={pool.isProtected}
            description={settings.protectionHint}
            onChange={({ detail }) => onChange({ isProtected: detail.checked })}
          >
            {settings.protection}
          </Checkbox>
          {signIn.hasUsername && (
            <Checkbox
              checked={signIn.preferredUsername}
              onChange={({ detail }) =>
                onChange({ signIn: { ...signIn, preferredUsername: detail.checked } })
              }
            >
              {text.preferredUsername}
            </Checkbox>
          )}
          <Checkbox
            checked={pool.isCaseSensitive}
            description={text.caseSensitiveHint}
            onChange={({ detail }) => onChange({ isCaseSensitive: detail.checked })}
          >
            {text.caseSensitive}
          </Checkbox>
          <FormField label={tags.title} description={tags.description} stretch>
            <TagFields tags={pool.tags} onChange={(next) => onChange({ tags: next })} />
          </FormField>
        </SpaceBetween>
      </Section>
      <Section title={policy.title} hint={policy.defaultsHint} hasFault={wasTried && faults.password}>
        <PasswordPolicyFields values={pool.password} onChange={(password) => onChange({ password })} />
      </Section>
      <Section title={signUp.custom} hint={signUp.customHint} hasFault={wasTried && faults.custom}>
        <CustomAttributes pool={pool} onChange={onChange} wasTried={wasTried} />
      </Section>
    </SpaceBetween>
  );
}

interface SectionProps {
  readonly title: string;
  readonly hint: string;
  /** Then it is open, since a fault in a closed section would not be seen. */
  readonly hasFault: boolean;
  readonly children: ReactNode;
}

function Section({ title, hint, hasFault, children }: SectionProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <ExpandableSection
      variant="container"
      headerText={title}
      headerDescription={hint}
      expanded={isOpen || hasFault}
      onChange={({ detail }) => setOpen(detail.expanded)}
    >
      {children}
    </ExpandableSection>
  );
}

function CustomAttributes({ pool, onChange, wasTried }: Props) {
  const text = useText().createPool;
  const signUp = useText().signUpSettings;
  const set = (index: number, attribute: CustomAttribute) =>
    onChange({ custom: pool.custom.map((before, at) => (at === index ? attribute : before)) });
  return (
    <SpaceBetween size="l">
      {pool.custom.map((attribute, index) => (
        <SpaceBetween size="xs" key={String(index)}>
          <CustomAttributeFields
            attribute={attribute}
            otherNames={otherNames(pool, index)}
            onChange={(changed) => set(index, changed)}
            wasTried={wasTried}
          />
          <Button
            formAction="none"
            onClick={() => onChange({ custom: pool.custom.filter((_custom, at) => at !== index) })}
          >
            {text.removeAttribute}
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
  );
}
