import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useMemo, useState } from "react";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { TokenChecks } from "../../components/tools/token-checks.tsx";
import { TokenView } from "../../components/tools/token-view.tsx";
import { useText } from "../../i18n/text.tsx";
import { decodeToken } from "../../tokens/decode.ts";

export default function TokenDecoder() {
  const text = useText().tokens;
  const [pasted, setPasted] = useState("");
  const decoding = useMemo(() => decodeToken(pasted), [pasted]);
  return (
    <ContentLayout header={<PageHeader title={text.title} description={text.description} />}>
      <SpaceBetween size="l">
        <Container>
          <FormField label={text.token} description={text.tokenHint} stretch>
            <Textarea
              value={pasted}
              rows={6}
              spellcheck={false}
              autoComplete={false}
              placeholder="eyJraWQiOi…"
              onChange={({ detail }) => setPasted(detail.value)}
            />
          </FormField>
        </Container>
        {"fault" in decoding && decoding.fault !== "empty" && (
          <Alert type={decoding.fault === "encrypted" ? "info" : "error"}>
            {text.faults[decoding.fault]}
          </Alert>
        )}
        {"token" in decoding && (
          <SpaceBetween size="l">
            <Container header={<Header description={text.checksHint}>{text.checksTitle}</Header>}>
              <TokenChecks token={decoding.token} />
            </Container>
            <Container header={<Header>{text.content}</Header>}>
              <TokenView token={decoding.token} />
            </Container>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}
