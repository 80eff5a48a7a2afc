import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { usePool } from "../app/pool.tsx";
import { AuthenticationLevels } from "../components/authentication-levels.tsx";
import { KeyValues, ValueList } from "../components/key-values.tsx";
import { MfaSettings } from "../components/mfa-settings.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { AccountRecovery, DeviceTracking } from "../components/pool-choices.tsx";
import { SessionTracking } from "../components/session-tracking.tsx";
import { useText } from "../i18n/text.tsx";
import { signInOptionsOf } from "../rules/sign-in-options.ts";

export default function SignInSettings() {
  const { pool } = usePool();
  const text = useText().signInSettings;
  const navigation = useText().navigation;
  const options = signInOptionsOf(pool);
  const names = [
    ...(options.hasUsername ? [text.options.username] : []),
    ...(options.email ? [text.options.email] : []),
    ...(options.phoneNumber ? [text.options.phoneNumber] : []),
    ...(options.preferredUsername ? [text.options.preferredUsername] : []),
  ];
  const isCaseSensitive = pool.UsernameConfiguration?.CaseSensitive ?? true;
  return (
    <ContentLayout header={<PageHeader title={navigation.signIn} description={text.pageDescription} />}>
      <SpaceBetween size="l">
        <Container header={<Header description={text.description}>{text.title}</Header>}>
          <SpaceBetween size="l">
            <KeyValues
              columns={2}
              items={[
                { label: text.signInWith, value: <ValueList values={names} /> },
                {
                  label: text.caseSensitivity,
                  value: isCaseSensitive ? text.caseSensitive : text.caseInsensitive,
                },
              ]}
            />
            <Alert type="info">{text.fixed}</Alert>
          </SpaceBetween>
        </Container>
        <MfaSettings />
        <AccountRecovery />
        <DeviceTracking />
        <SessionTracking />
        <AuthenticationLevels />
      </SpaceBetween>
    </ContentLayout>
  );
}
