import type { AuthenticationResultType, UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { updateAppClient } from "../../api/app-clients.ts";
import { useAction } from "../../api/load.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  consoleCallback,
  exchangeCode,
  OAuthRefusal,
  responseParameters,
  tokensInAddress,
} from "../../sign-in/code-exchange.ts";
import { ProblemAlert } from "../basics/problem.tsx";
import { IssuedTokens } from "../tools/issued-tokens.tsx";

interface Props {
  readonly client: UserPoolClientType;
  readonly redirectUri: string;
  readonly state: string;
  readonly verifier: string | undefined;
  readonly onClientChanged: () => void;
}

/**
 * Exchanges the code of an address that the browser was redirected to, and offers to redirect to this page next time.
 */
export function CodeExchange({ client, redirectUri, state, verifier, onClientChanged }: Props) {
  const text = useText().clientFeatures.exchange;
  const action = useAction();
  const [address, setAddress] = useState("");
  const [tokens, setTokens] = useState<AuthenticationResultType>();
  const hasOwn = client.CallbackURLs?.includes(consoleCallback()) ?? false;

  const exchange = async () => {
    const parameters = responseParameters(address.trim()) ?? new URLSearchParams();
    const error = parameters.get("error");
    if (error !== null) throw new OAuthRefusal(error, parameters.get("error_description") ?? undefined);
    if (parameters.get("state") !== state) throw new Error(text.otherState);
    const code = parameters.get("code");
    if (code !== null) setTokens(await exchangeCode(client, { redirectUri, verifier }, code));
    else {
      const given = tokensInAddress(parameters);
      if (given === undefined) throw new Error(text.noCode);
      setTokens(given);
    }
  };
  return (
    <SpaceBetween size="m">
      <div>
        <Box variant="h3">{text.title}</Box>
        <Box color="text-body-secondary">{text.description}</Box>
      </div>
      {!hasOwn && <OwnCallback client={client} onAdded={onClientChanged} />}
      <FormField label={text.returned} description={text.returnedHint} stretch>
        <Textarea
          value={address}
          rows={2}
          spellcheck={false}
          onChange={({ detail }) => setAddress(detail.value)}
        />
      </FormField>
      <Button
        disabled={address.trim() === ""}
        loading={action.isRunning}
        onClick={() => void action.run(exchange)}
      >
        {text.submit}
      </Button>
      <ProblemAlert error={action.error} />
      {tokens && <IssuedTokens tokens={tokens} />}
    </SpaceBetween>
  );
}

function OwnCallback({
  client,
  onAdded,
}: {
  readonly client: UserPoolClientType;
  readonly onAdded: () => void;
}) {
  const text = useText().clientFeatures.exchange;
  const show = useFlash();
  const action = useAction();
  const add = async () => {
    await updateAppClient(client, ({ CallbackURLs = [] }) => ({
      CallbackURLs: [...CallbackURLs, consoleCallback()],
    }));
    show("success", text.added);
    onAdded();
  };
  return (
    <SpaceBetween size="m">
      <Alert
        type="info"
        action={
          <Button loading={action.isRunning} onClick={() => void action.run(add)}>
            {text.addOwn}
          </Button>
        }
      >
        {text.addOwnHint}
      </Alert>
      {action.error !== undefined && <ProblemAlert error={action.error} />}
    </SpaceBetween>
  );
}
