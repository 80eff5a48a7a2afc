import type { AuthenticationResultType } from "@aws-sdk/client-cognito-identity-provider";
import Container from "@cloudscape-design/components/container";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useText } from "../../i18n/text.tsx";
import { validityParts } from "../../rules/tools/duration.ts";
import { decodeToken } from "../../tokens/decode.ts";
import { TokenView } from "./token-view.tsx";

/** The tokens that an endpoint answered with, those that can be read taken apart. */
export function IssuedTokens({ tokens }: { readonly tokens: AuthenticationResultType }) {
  const text = useText().clientFeatures.exchange;
  const clients = useText().appClients;
  const present = [
    { id: "id-token", label: text.idToken, token: tokens.IdToken },
    { id: "access-token", label: text.accessToken, token: tokens.AccessToken },
    { id: "refresh-token", label: text.refreshToken, token: tokens.RefreshToken },
  ].filter((one): one is { id: string; label: string; token: string } => one.token !== undefined);
  return (
    <Container
      header={
        <Header description={text.expiresIn(clients.duration(...validityParts(tokens.ExpiresIn ?? 0)))}>
          {text.tokens}
        </Header>
      }
    >
      <Tabs
        ariaLabel={text.tokens}
        tabs={present.map(({ id, label, token }) => ({
          id,
          label,
          content: <OneToken label={label} token={token} />,
        }))}
      />
    </Container>
  );
}

function OneToken({ label, token }: { readonly label: string; readonly token: string }) {
  const common = useText().common;
  const decoding = decodeToken(token);
  return (
    <SpaceBetween size="m">
      <CopyToClipboard
        copyButtonText={common.copyWhat(label)}
        textToCopy={token}
        copySuccessText={common.copied}
        copyErrorText={common.copyFailed}
      />
      {"token" in decoding && <TokenView token={decoding.token} />}
    </SpaceBetween>
  );
}
