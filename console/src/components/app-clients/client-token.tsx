import {
  type AuthenticationResultType,
  GetClientTokenCommand,
  type UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { asApplication } from "../../api/aws.ts";
import { useAction } from "../../api/load.ts";
import { useText } from "../../i18n/text.tsx";
import { hasClientTokenFlow } from "../../rules/app-clients/app-client.ts";
import { requestTokens } from "../../sign-in/code-exchange.ts";
import { Choices } from "../basics/choices.tsx";
import { ProblemAlert } from "../basics/problem.tsx";
import { IssuedTokens } from "../tools/issued-tokens.tsx";

/** Whether a client can get tokens of its own, by one way or the other. */
export function hasOwnTokens(client: UserPoolClientType): boolean {
  return hasClientTokenFlow(client) || (client.AllowedOAuthFlows?.includes("client_credentials") ?? false);
}

/** Gets access tokens for the client itself, with the scopes that are chosen. */
export function ClientToken({ client }: { readonly client: UserPoolClientType }) {
  const text = useText().clientFeatures.clientToken;
  const requests = useText().oauthRequests;
  const action = useAction();
  const allowed = client.AllowedOAuthScopes ?? [];
  const [scopes, setScopes] = useState<readonly string[]>(allowed);
  const [tokens, setTokens] = useState<AuthenticationResultType>();
  const byOperation = async () => {
    const { ClientAuthenticationResult } = await asApplication(client.UserPoolId ?? "", (cognito) =>
      cognito.send(
        new GetClientTokenCommand({
          ClientId: client.ClientId,
          Secret: client.ClientSecret,
          ...(scopes.length === 0 ? {} : { Scopes: [...scopes] }),
        }),
      ),
    );
    setTokens(ClientAuthenticationResult);
  };
  const byEndpoint = async () => {
    setTokens(
      await requestTokens(client, {
        grant_type: "client_credentials",
        ...(scopes.length > 0 && { scope: scopes.join(" ") }),
      }),
    );
  };
  const ways = [
    ...(hasClientTokenFlow(client) ? [{ label: text.byOperation, run: byOperation }] : []),
    ...(client.AllowedOAuthFlows?.includes("client_credentials")
      ? [{ label: text.byEndpoint, run: byEndpoint }]
      : []),
  ];
  return (
    <SpaceBetween size="l">
      <Container header={<Header description={text.description}>{text.title}</Header>}>
        <SpaceBetween size="m">
          <FormField label={requests.scopes}>
            <Choices
              values={allowed}
              chosen={scopes}
              nameOf={(scope) => <span className="monospace">{scope}</span>}
              onChange={setScopes}
            />
          </FormField>
          <SpaceBetween direction="horizontal" size="xs">
            {ways.map(({ label, run }) => (
              <Button
                key={label}
                ariaLabel={`${text.get}: ${label}`}
                loading={action.isRunning}
                onClick={() => void action.run(run)}
              >
                {label}
              </Button>
            ))}
          </SpaceBetween>
          <ProblemAlert error={action.error} />
        </SpaceBetween>
      </Container>
      {tokens && <IssuedTokens tokens={tokens} />}
    </SpaceBetween>
  );
}
