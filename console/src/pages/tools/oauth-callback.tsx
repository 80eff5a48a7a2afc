import {
  type AuthenticationResultType,
  DescribeUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useLoad } from "../../api/load.ts";
import { paths } from "../../app/paths.ts";
import { Loading } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { IssuedTokens } from "../../components/tools/issued-tokens.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  exchangeCode,
  OAuthRefusal,
  type PendingRequest,
  responseParameters,
  takeRequest,
  tokensInAddress,
} from "../../sign-in/code-exchange.ts";

interface Result {
  readonly request: PendingRequest | undefined;
  readonly tokens: AuthenticationResultType | undefined;
}

/** Where the login pages come back to: exchanges the code as an application does, and shows the tokens. */
export default function OAuthCallback() {
  const text = useText().clientFeatures.exchange;
  const [parameters] = useState(() => responseParameters(window.location.href) ?? new URLSearchParams());
  const result = useLoad(["oauth callback", parameters.get("state")], () => finishOnce(parameters));
  useEffect(() => {
    // Codes and tokens do not stay in the address, from where they would be copied.
    if (result.value ?? result.error) window.history.replaceState(null, "", window.location.pathname);
  }, [result.value, result.error]);
  return (
    <ContentLayout header={<PageHeader title={text.callbackTitle} description={text.callbackDescription} />}>
      <Loading loaded={result}>
        {({ request, tokens }) => (
          <SpaceBetween size="l">
            {request === undefined && <Alert type="warning">{text.unknownState}</Alert>}
            {tokens && <IssuedTokens tokens={tokens} />}
            {request && <Button href={paths.appClient(request.poolId, request.clientId)}>{text.back}</Button>}
          </SpaceBetween>
        )}
      </Loading>
    </ContentLayout>
  );
}

const finished = new Map<string, Promise<Result>>();

/** A code and its state are used up by the exchange, however often the page is mounted. */
function finishOnce(parameters: URLSearchParams): Promise<Result> {
  const state = parameters.get("state") ?? "";
  const result = finished.get(state) ?? finish(parameters);
  if (state !== "") finished.set(state, result);
  return result;
}

async function finish(parameters: URLSearchParams): Promise<Result> {
  const request = takeRequest(parameters.get("state") ?? "");
  const error = parameters.get("error");
  if (error !== null) throw new OAuthRefusal(error, parameters.get("error_description") ?? undefined);
  if (request === undefined) return { request, tokens: undefined };
  const given = tokensInAddress(parameters);
  if (given !== undefined) return { request, tokens: given };
  const ids = { UserPoolId: request.poolId, ClientId: request.clientId };
  const { UserPoolClient = {} } = await inPool(request.poolId, (cognito) =>
    cognito.send(new DescribeUserPoolClientCommand(ids)),
  );
  return { request, tokens: await exchangeCode(UserPoolClient, request, parameters.get("code") ?? "") };
}
