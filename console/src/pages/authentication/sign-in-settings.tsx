import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { usePool } from "../../app/pool.tsx";
import { AuthenticationLevels } from "../../components/authentication/authentication-levels.tsx";
import { MfaSettings } from "../../components/authentication/mfa-settings.tsx";
import { SessionTracking } from "../../components/authentication/session-tracking.tsx";
import { KeyValues, ValueList } from "../../components/basics/key-values.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { AccountRecovery, DeviceTracking } from "../../components/pools/pool-choices.tsx";
import { useText } from "../../i18n/text.tsx";
import { signInOptionsOf } from "../../rules/authentication/sign-in-options.ts";

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
