import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import type { KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useText } from "../i18n/text.tsx";
import type { NewPool } from "../rules/new-pool.ts";
import { policyParameters } from "../rules/password-policy.ts";
import { KeyValues, ValueList } from "./key-values.tsx";

interface Props {
  readonly pool: NewPool;
  readonly region: string;
  readonly onEdit: (step: number) => void;
}

/** Everything that is about to be made, with a way back to each step. */
export function CreatePoolReview({ pool, region, onEdit }: Props) {
  const text = useText().createPool;
  const common = useText().common;
  const policyText = useText().passwordPolicy;
  const signInText = useText().signInSettings;
  const signUp = useText().signUpSettings;
  const clients = useText().appClients;
  const { signIn } = pool;
  const policy = policyParameters(pool.password);
  const list = (values: readonly string[]) => (values.length === 0 ? "–" : values.join(common.comma));
  const lines = (values: readonly string[]) => (values.length === 0 ? "–" : <ValueList values={values} />);
  const yesNo = (isYes: boolean) => (isYes ? common.yes : common.no);

  const sections: { title: string; items: KeyValuePairsProps.Item[] }[] = [
    {
      title: text.signIn.title,
      items: [
        {
          label: signInText.title,
          value: list([
            ...(signIn.hasUsername ? [signInText.options.username] : []),
            ...(signIn.email ? [signInText.options.email] : []),
            ...(signIn.phoneNumber ? [signInText.options.phoneNumber] : []),
            ...(signIn.preferredUsername ? [signInText.options.preferredUsername] : []),
          ]),
        },
        {
          label: signInText.caseSensitivity,
          value: pool.isCaseSensitive ? signInText.caseSensitive : signInText.caseInsensitive,
        },
      ],
    },
    {
      title: text.password.title,
      items: [
        { label: policyText.minimumLength, value: policyText.characters(policy.MinimumLength ?? 0) },
        {
          label: policyText.requirements,
          value: lines([
            ...(policy.RequireNumbers ? [policyText.contains.number] : []),
            ...(policy.RequireSymbols ? [policyText.contains.symbol] : []),
            ...(policy.RequireUppercase ? [policyText.contains.uppercase] : []),
            ...(policy.RequireLowercase ? [policyText.contains.lowercase] : []),
          ]),
        },
        { label: policyText.validity, value: policyText.days(policy.TemporaryPasswordValidityDays ?? 0) },
      ],
    },
    {
      title: text.attributes.title,
      items: [
        {
          label: signUp.selfRegistration,
          value: pool.isSelfRegistrationOpen ? common.enabled : common.disabled,
        },
        { label: signUp.required, value: list(pool.required) },
        { label: signUp.custom, value: list(pool.custom.map(({ name }) => `custom:${name}`)) },
      ],
    },
    {
      title: text.names.title,
      items: [
        { label: text.names.poolName, value: pool.name },
        { label: text.region, value: region },
        { label: text.names.protection, value: yesNo(pool.isProtected) },
        { label: clients.name, value: pool.clientName },
        { label: clients.applicationType, value: clients.types[pool.application].label },
        { label: clients.secret, value: pool.hasSecret ? clients.withSecret : clients.noSecret },
      ],
    },
  ];
  return (
    <SpaceBetween size="l">
      {sections.map(({ title, items }, step) => (
        <Container
          key={title}
          header={
            <Header
              actions={
                <Button ariaLabel={text.editStep(title)} formAction="none" onClick={() => onEdit(step)}>
                  {common.edit}
                </Button>
              }
            >
              {title}
            </Header>
          }
        >
          <KeyValues columns={3} items={items} />
        </Container>
      ))}
    </SpaceBetween>
  );
}
