import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useText } from "../../i18n/text.tsx";
import { previewOf } from "../../rules/messages/message-preview.ts";
import type { MessageTexts } from "../../rules/messages/messages.ts";
import { PreviewFrame } from "../basics/preview-frame.tsx";

/** A message as a user would get it, with made-up values. */
export function MessagePreview({ message }: { readonly message: MessageTexts }) {
  const text = useText().messagePreview;
  const { subject, emailHtml, sms } = previewOf(message);
  return (
    <ExpandableSection headerText={text.title} headerDescription={text.description} defaultExpanded>
      <SpaceBetween size="m">
        <div>
          <Box variant="awsui-key-label">{text.email}</Box>
          <div className="message-preview">
            <Box variant="strong">{subject}</Box>
            <PreviewFrame html={emailHtml} title={text.email} className="message-frame" />
          </div>
        </div>
        <div>
          <Box variant="awsui-key-label">{text.sms}</Box>
          <div className="message-preview as-written">{sms}</div>
        </div>
      </SpaceBetween>
    </ExpandableSection>
  );
}
