import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";
import { useLoad } from "../../api/load.ts";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  authorizeUrl,
  logoutUrl,
  newPkce,
  type Pkce,
  randomText,
  tokenCommand,
} from "../../rules/app-clients/oauth-requests.ts";
import { poolUrl } from "../../rules/branding/domains.ts";
import { consoleCallback, keepRequest } from "../../sign-in/code-exchange.ts";
import { Choices } from "../basics/choices.tsx";
import { Code } from "../basics/code.tsx";
import { Empty, Loading } from "../basics/loading.tsx";
import { CodeExchange } from "./code-exchange.tsx";

interface Props {
  readonly client: UserPoolClientType;
  readonly onClientChanged: () => void;
}

/** The requests with which an app client uses the login pages and gets tokens. */
export function RequestBuilder({ client, onClientChanged }: Props) {
  const text = useText().oauthRequests;
  // One proof for the whole visit: the token request has the verifier to the challenge above it.
  const pkce = useLoad(["pkce", client.ClientId], async () => ({ pair: await newPkce() }));
  const flows = client.AllowedOAuthFlows ?? [];
  const usesPages = flows.includes("code") || flows.includes("implicit");
  return (
    <Container header={<Header description={text.description}>{text.title}</Header>}>
      {flows.length === 0 && <Empty title={text.none}>{text.noneHint}</Empty>}
      {usesPages && (
        <Loading loaded={pkce}>
          {({ pair }) => (
            <PageRequests
              // Starts again when the callback URLs change.
              key={client.CallbackURLs?.join(" ")}
              client={client}
              pkce={pair}
              onClientChanged={onClientChanged}
            />
          )}
        </Loading>
      )}
      {flows.includes("client_credentials") && <ClientCredentials client={client} />}
    </Container>
  );
}

function useBase({ UserPoolId = "" }: UserPoolClientType): string {
  return poolUrl(useSession().me.endpoint, UserPoolId);
}

function PageRequests({ client, pkce, onClientChanged }: Props & { readonly pkce: Pkce | undefined }) {
  const text = useText().oauthRequests;
  const base = useBase(client);
  const allowedScopes = client.AllowedOAuthScopes ?? [];
  const callbacks = client.CallbackURLs ?? [];
  const logouts = client.LogoutURLs ?? [];
  const types = [
    ...(client.AllowedOAuthFlows?.includes("code") ? (["code"] as const) : []),
    ...(client.AllowedOAuthFlows?.includes("implicit") ? (["token"] as const) : []),
  ];
  const own = consoleCallback();
  const [redirectUri, setRedirectUri] = useState(callbacks.includes(own) ? own : (callbacks[0] ?? ""));
  const [responseType, setResponseType] = useState<"code" | "token">(types[0] ?? "code");
  const [scopes, setScopes] = useState<readonly string[]>(allowedScopes);
  const [state, setState] = useState(randomText);
  const [logoutUri, setLogoutUri] = useState(logouts[0] ?? "");
  const clientId = client.ClientId ?? "";
  const url = authorizeUrl(base, {
    clientId,
    redirectUri,
    responseType,
    scopes,
    state,
    challenge: pkce?.challenge,
  });
  const token = tokenCommand(base, {
    clientId,
    hasSecret: client.ClientSecret !== undefined,
    form: {
      grant_type: "authorization_code",
      code: "CODE",
      redirect_uri: redirectUri,
      ...(pkce === undefined ? {} : { code_verifier: pkce.verifier }),
    },
  });
  return (
    <SpaceBetween size="l">
      <FormField label={text.redirectUri}>
        <Select
          selectedOption={{ value: redirectUri }}
          options={callbacks.map((value) => ({ value }))}
          onChange={({ detail }) => setRedirectUri(detail.selectedOption.value ?? "")}
        />
      </FormField>
      <FormField label={text.responseType}>
        <Select
          selectedOption={{ value: responseType }}
          options={types.map((value) => ({ value }))}
          onChange={({ detail }) =>
            setResponseType(detail.selectedOption.value === "token" ? "token" : "code")
          }
        />
      </FormField>
      <FormField label={text.scopes}>
        <Choices
          values={allowedScopes}
          chosen={scopes}
          nameOf={(scope) => <span className="monospace">{scope}</span>}
          onChange={setScopes}
        />
      </FormField>
      <FormField label={text.state} description={text.stateHint}>
        <Input value={state} autoComplete={false} onChange={({ detail }) => setState(detail.value)} />
      </FormField>
      <Request label={text.authorize}>{url}</Request>
      <Button
        href={url}
        target="_blank"
        iconName="external"
        iconAlign="right"
        ariaLabel={text.openHint}
        onClick={() =>
          keepRequest(state, {
            poolId: client.UserPoolId ?? "",
            clientId,
            redirectUri,
            verifier: pkce?.verifier,
          })
        }
      >
        {text.open}
      </Button>
      {responseType === "code" && (
        <Request label={text.token} description={text.tokenHint}>
          {token}
        </Request>
      )}
      <CodeExchange
        client={client}
        redirectUri={redirectUri}
        state={state}
        verifier={pkce?.verifier}
        onClientChanged={onClientChanged}
      />
      {logouts.length > 0 && (
        <FormField label={text.logoutUri}>
          <Select
            selectedOption={{ value: logoutUri }}
            options={logouts.map((value) => ({ value }))}
            onChange={({ detail }) => setLogoutUri(detail.selectedOption.value ?? "")}
          />
        </FormField>
      )}
      {logouts.length > 0 && <Request label={text.logout}>{logoutUrl(base, clientId, logoutUri)}</Request>}
    </SpaceBetween>
  );
}

function ClientCredentials({ client }: Pick<Props, "client">) {
  const text = useText().oauthRequests;
  const base = useBase(client);
  const scopes = client.AllowedOAuthScopes ?? [];
  return (
    <Request label={text.clientCredentials}>
      {tokenCommand(base, {
        clientId: client.ClientId ?? "",
        hasSecret: true,
        form: {
          grant_type: "client_credentials",
          ...(scopes.length === 0 ? {} : { scope: scopes.join(" ") }),
        },
      })}
    </Request>
  );
}

interface RequestProps {
  readonly label: string;
  readonly description?: ReactNode;
  readonly children: string;
}

function Request({ label, description, children }: RequestProps) {
  return (
    <div>
      <Box variant="awsui-key-label">{label}</Box>
      {description && <Box color="text-body-secondary">{description}</Box>}
      <Code wraps label={label}>
        {children}
      </Code>
    </div>
  );
}
