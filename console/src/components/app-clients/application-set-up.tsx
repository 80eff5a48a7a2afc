import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { paths } from "../../app/paths.ts";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import type { ClientType } from "../../rules/app-clients/app-client.ts";
import { setUpPlaceOf, setUpSamples } from "../../rules/set-up/index.ts";
import { Code } from "../basics/code.tsx";

interface Props {
  readonly client: UserPoolClientType;
  readonly type: ClientType;
}

/** Code for an application of this type, with the ids of the user pool and the app client and the address of this server. */
export function ApplicationSetUp({ client, type }: Props) {
  const text = useText().setUp;
  const types = useText().appClients.types;
  const { endpoint } = useSession().me;
  const place = setUpPlaceOf(endpoint, client, type);
  const usesLoginPages = type === "web" || type === "spa";
  const lacksUrl = usesLoginPages && !client.CallbackURLs?.includes(place.callbackUrl);
  return (
    <Container header={<Header description={text.hints[type]}>{types[type].label}</Header>}>
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
          tabs={setUpSamples[type].map(({ id, label, steps }) => ({
            id,
            label,
            content: (
              <SpaceBetween size="m">
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
