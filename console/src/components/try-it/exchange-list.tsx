import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { withoutSecrets } from "../../../../src/secret-members.ts";
import { useText } from "../../i18n/text.tsx";
import type { Exchange } from "../../sign-in/exchange.ts";
import { Code } from "../basics/code.tsx";

/** Each call of a sign-in with its answer, secrets hidden until they are asked for. */
export function ExchangeList({ exchanges }: { readonly exchanges: readonly Exchange[] }) {
  const text = useText().tryIt;
  const [showsSecrets, setShowsSecrets] = useState(false);
  if (exchanges.length === 0) return null;
  const json = (value: unknown) => JSON.stringify(showsSecrets ? value : withoutSecrets(value), null, 2);
  return (
    <Container
      header={
        <Header
          counter={`(${exchanges.length})`}
          actions={
            <Toggle checked={showsSecrets} onChange={({ detail }) => setShowsSecrets(detail.checked)}>
              {text.showSecrets}
            </Toggle>
          }
        >
          {text.exchanges}
        </Header>
      }
    >
      <SpaceBetween size="s">
        {exchanges.map((exchange, index) => (
          <ExpandableSection
            key={String(index)}
            defaultExpanded={index === exchanges.length - 1}
            headerText={`${index + 1}. ${exchange.operation}`}
            headerDescription={text.took(exchange.milliseconds)}
            headerActions={
              <StatusIndicator type={exchange.error === undefined ? "success" : "error"}>
                {exchange.error?.name ?? text.succeeded}
              </StatusIndicator>
            }
          >
            <ColumnLayout columns={2}>
              <div>
                <Box variant="awsui-key-label">{text.request}</Box>
                <Code wraps label={text.request}>
                  {json(exchange.request)}
                </Code>
              </div>
              <div>
                <Box variant="awsui-key-label">{text.response}</Box>
                <Code wraps label={text.response}>
                  {exchange.error === undefined
                    ? json(exchange.response)
                    : json({ __type: exchange.error.name, message: exchange.error.message })}
                </Code>
              </div>
            </ColumnLayout>
          </ExpandableSection>
        ))}
      </SpaceBetween>
    </Container>
  );
}
