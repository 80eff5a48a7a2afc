import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { paths } from "../../app/paths.ts";
import { useText } from "../../i18n/text.tsx";
import { KeyValues, ValueList } from "../basics/key-values.tsx";
import { ViewLoginPage } from "./view-login-page.tsx";

/** The addresses that a client's users return to after the login pages, and the client's grants and scopes. */
export function LoginPages({ client }: { readonly client: UserPoolClientType }) {
  const text = useText().loginPages;
  const features = useText().clientFeatures.loginPages;
  const common = useText().common;
  const list = (values: readonly string[] = []) =>
    values.length === 0 ? "–" : <ValueList values={[...values]} />;
  return (
    <Container
      header={
        <Header
          description={text.description}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                ariaLabel={common.editWhat(text.title)}
                href={paths.editLoginPages(client.UserPoolId ?? "", client.ClientId ?? "")}
              >
                {common.edit}
              </Button>
              <ViewLoginPage client={client} />
            </SpaceBetween>
          }
        >
          {text.title}
        </Header>
      }
    >
      <KeyValues
        columns={2}
        items={[
          { label: text.callbackUrls, value: list(client.CallbackURLs) },
          { label: text.signOutUrls, value: list(client.LogoutURLs) },
          ...(client.DefaultRedirectURI === undefined
            ? []
            : [{ label: features.defaultRedirect, value: client.DefaultRedirectURI }]),
          {
            label: text.grants,
            value: list(client.AllowedOAuthFlows?.map((grant) => text.grantTypes[grant])),
          },
          { label: text.scopes, value: list(client.AllowedOAuthScopes) },
          {
            label: text.providers,
            value: list(
              client.SupportedIdentityProviders?.map((name) =>
                name === "COGNITO" ? features.ownDirectory : name,
              ),
            ),
          },
        ]}
      />
    </Container>
  );
}
