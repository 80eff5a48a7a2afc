import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { QueryClientProvider } from "@tanstack/react-query";
import { loadedData } from "./api/load.ts";
import { FlashProvider } from "./app/flashes.tsx";
import { Frame } from "./app/frame.tsx";
import { PreferencesProvider } from "./app/preferences.tsx";
import { OwnLinks } from "./app/router.tsx";
import { SessionProvider } from "./app/session.tsx";
import { TextProvider, useText } from "./i18n/text.tsx";

export function App() {
  return (
    <QueryClientProvider client={loadedData}>
      <PreferencesProvider>
        <TextProvider>
          <SessionProvider whileLoading={null} whenFailed={(retry) => <Unreachable onRetry={retry} />}>
            <OwnLinks>
              <FlashProvider>
                <Frame />
              </FlashProvider>
            </OwnLinks>
          </SessionProvider>
        </TextProvider>
      </PreferencesProvider>
    </QueryClientProvider>
  );
}

function Unreachable({ onRetry }: { readonly onRetry: () => void }) {
  const text = useText().common;
  return (
    <Box padding="xxxl" textAlign="center">
      <Box padding={{ bottom: "m" }}>
        <StatusIndicator type="error">{text.problems.unreachable}</StatusIndicator>
      </Box>
      <Button onClick={onRetry}>{text.retry}</Button>
    </Box>
  );
}
