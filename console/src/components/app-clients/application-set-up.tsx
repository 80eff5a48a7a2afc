import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { useLoad } from "../../api/load.ts";
import { paths } from "../../app/paths.ts";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import type { ClientType } from "../../rules/app-clients/app-client.ts";
import { setUpPlaceOf, setUpSamples } from "../../rules/set-up/index.ts";
import { amplifyHost } from "../../rules/set-up/mobile.ts";
import { fetchDiscovery } from "../../tokens/discovery.ts";
import { Code } from "../basics/code.tsx";

interface Props {
  readonly client: UserPoolClientType;
  /** The types of application for which there is code, the chosen one first. */
  readonly types: readonly [ClientType, ...ClientType[]];
}

/** Code for an application of this type, with the ids of the user pool and the app client and the address of this server. */
export function ApplicationSetUp({ client, types }: Props) {
  const text = useText().setUp;
  const typeTexts = useText().appClients.types;
  const { endpoint } = useSession().me;
  const poolId = client.UserPoolId ?? "";
  // Without it the code has the issuer that servers have by themselves.
  const { value: discovery } = useLoad(["discovery", poolId], () => fetchDiscovery(poolId));
  const [type, setType] = useState<ClientType>(types[0]);
  const place = setUpPlaceOf({ endpoint, issuer: discovery?.issuer }, client, type);
  const usesLoginPages = type === "web" || type === "spa";
  const lacksUrl = usesLoginPages && !client.CallbackURLs?.includes(place.callbackUrl);
  return (
    <Container
      header={
        <Header
          description={text.hints[type]}
          actions={
            types.length > 1 && (
              <SegmentedControl
                label={text.type}
                selectedId={type}
                options={types.map((id) => ({ id, text: text.types[id] }))}
                onChange={({ detail }) => setType(types.find((one) => one === detail.selectedId) ?? type)}
              />
            )
          }
        >
          {typeTexts[type].label}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {lacksUrl && (
          <Alert
            type="info"
            action={
              <Button href={paths.editLoginPages(place.poolId, place.clientId)}>{text.addReturnUrl}</Button>
            }
          >
            {text.needsReturnUrl(place.callbackUrl)}
          </Alert>
        )}
        <Tabs
          ariaLabel={text.platform}
          key={type}
          tabs={setUpSamples[type].map(({ id, label, needsHost, steps }) => ({
            id,
            label,
            content: (
              <SpaceBetween size="m">
                {needsHost && <Alert type="info">{text.needsHost(amplifyHost(place))}</Alert>}
                {steps.map(({ name, lines }) => (
                  <SpaceBetween size="xxs" key={name}>
                    <div>{text.steps[name]}</div>
                    <Code label={text.steps[name]}>{lines(place)}</Code>
                  </SpaceBetween>
                ))}
              </SpaceBetween>
            ),
          }))}
        />
      </SpaceBetween>
    </Container>
  );
}
