import type { AuthenticationResultType } from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useMemo } from "react";
import { useText } from "../../i18n/text.tsx";
import { validityParts } from "../../rules/tools/duration.ts";
import type { TokenAction } from "../../sign-in/token-actions.ts";
import { decodeToken } from "../../tokens/decode.ts";
import { TokenChecks } from "./token-checks.tsx";
import { TokenView } from "./token-view.tsx";

interface Props {
  readonly tokens: AuthenticationResultType;
  readonly isRunning: boolean;
  readonly onAction: (name: TokenAction) => void;
}

/** The tokens of a sign-in, decoded, with the operations that take them. */
export function TokenResult({ tokens, isRunning, onAction }: Props) {
  const text = useText().tryIt;
  const clients = useText().appClients;
  const named = [
    ["ID token", tokens.IdToken],
    ["Access token", tokens.AccessToken],
  ] as const;
  return (
    <Container
      header={
        <Header
          description={text.expiresIn(clients.duration(...validityParts(tokens.ExpiresIn ?? 0)))}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {(["getUser", "refresh", "revoke", "globalSignOut"] as const).map((name) => (
                <Button key={name} disabled={isRunning} onClick={() => onAction(name)}>
                  {text.tokenActions[name]}
                </Button>
              ))}
            </SpaceBetween>
          }
        >
          {text.tokens}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Alert type="success">{text.signedIn}</Alert>
        <Tabs
          ariaLabel={text.tokens}
          tabs={[
            ...named.map(([label, token]) => ({
              // An id that other elements refer to has no spaces.
              id: label.replace(" ", "-"),
              label,
              content: <OneToken label={label} token={token ?? ""} />,
            })),
            {
              id: "refresh",
              label: "Refresh token",
              content: (
                <SpaceBetween size="m">
                  <div>{text.refreshTokenHint}</div>
                  <CopyToken label="Refresh token" token={tokens.RefreshToken ?? ""} />
                </SpaceBetween>
              ),
            },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}

function OneToken({ label, token }: { readonly label: string; readonly token: string }) {
  const decoding = useMemo(() => decodeToken(token), [token]);
  if (!("token" in decoding)) return null;
  return (
    <SpaceBetween size="l">
      <CopyToken label={label} token={token} />
      <TokenView token={decoding.token} />
      <TokenChecks token={decoding.token} />
    </SpaceBetween>
  );
}

function CopyToken({ label, token }: { readonly label: string; readonly token: string }) {
  const text = useText().common;
  return (
    <CopyToClipboard
      copyButtonText={text.copyWhat(label)}
      textToCopy={token}
      copySuccessText={text.copied}
      copyErrorText={text.copyFailed}
    />
  );
}
