import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useText } from "../../i18n/text.tsx";
import { RevealedSecret } from "../app-clients/client-secrets.tsx";
import { KeyValues } from "../basics/key-values.tsx";

interface Props {
  readonly label: string;
  readonly password: string;
  readonly onDismiss: () => void;
}

/** The temporary password of a new user, which nothing shows again. */
export function GeneratedPassword({ label, password, onDismiss }: Props) {
  const text = useText().createUser;
  const common = useText().common;
  return (
    <Modal
      visible
      header={text.passwordOf(label)}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <Button variant="primary" formAction="none" onClick={onDismiss}>
            {common.close}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Alert type="warning" statusIconAriaLabel={common.warning}>
          {text.passwordOnce}
        </Alert>
        <KeyValues
          items={[
            {
              label: text.temporaryPassword,
              value: <RevealedSecret secret={password} label={text.temporaryPassword} />,
            },
          ]}
        />
      </SpaceBetween>
    </Modal>
  );
}
