import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { FirstFactors } from "../../components/authentication/first-factors.tsx";
import { PasskeySettings } from "../../components/authentication/passkey-settings.tsx";
import { KeyValues, ValueList } from "../../components/basics/key-values.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { EmailDelivery } from "../../components/messages/email-delivery.tsx";
import { SmsDelivery } from "../../components/messages/sms-delivery.tsx";
import { useText } from "../../i18n/text.tsx";
import { passwordPolicyOf } from "../../rules/authentication/password.ts";

export default function AuthenticationMethods({ poolId }: { readonly poolId: string }) {
  const { pool } = usePool();
  const text = useText().passwordPolicy;
  const navigation = useText().navigation;
  const common = useText().common;
  const given = pool.Policies?.PasswordPolicy;
  const policy = passwordPolicyOf(given);
  const contains = [
    ...(policy.RequireNumbers ? [text.contains.number] : []),
    ...(policy.RequireSymbols ? [text.contains.symbol] : []),
    ...(policy.RequireUppercase ? [text.contains.uppercase] : []),
    ...(policy.RequireLowercase ? [text.contains.lowercase] : []),
  ];
  return (
    <ContentLayout
      header={<PageHeader title={navigation.authenticationMethods} description={text.pageDescription} />}
    >
      <SpaceBetween size="l">
        <Container
          header={
            <Header
              description={text.description}
              actions={<Button href={paths.editPasswordPolicy(poolId)}>{common.edit}</Button>}
            >
              {text.title}
            </Header>
          }
        >
          <KeyValues
            columns={2}
            items={[
              { label: text.minimumLength, value: text.characters(policy.MinimumLength) },
              {
                label: text.requirements,
                value: contains.length === 0 ? "–" : <ValueList values={contains} />,
              },
              { label: text.validity, value: text.days(given?.TemporaryPasswordValidityDays ?? 7) },
              {
                label: text.history,
                value: given?.PasswordHistorySize
                  ? text.passwords(given.PasswordHistorySize)
                  : common.disabled,
              },
            ]}
          />
        </Container>
        <FirstFactors />
        <PasskeySettings />
        <EmailDelivery />
        <SmsDelivery />
      </SpaceBetween>
    </ContentLayout>
  );
}
