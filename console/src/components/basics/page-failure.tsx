import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { reloadIfServerAnswers } from "../../app/missing-scripts.ts";
import { useText } from "../../i18n/text.tsx";

/** In place of a page that cannot be shown. */
export function PageFailure({ error }: { readonly error: unknown }) {
  const text = useText().common;
  const [isTrying, setTrying] = useState(false);
  const retry = async () => {
    setTrying(true);
    if (!(await reloadIfServerAnswers())) setTrying(false);
  };
  return (
    <Box padding={{ vertical: "l" }}>
      <Alert
        type="error"
        header={text.pageFailed}
        action={
          <Button loading={isTrying} onClick={() => void retry()}>
            {text.retry}
          </Button>
        }
      >
        <div>{text.pageFailedHint}</div>
        <span className="wrap-anywhere">{error instanceof Error ? error.message : String(error)}</span>
      </Alert>
    </Box>
  );
}
