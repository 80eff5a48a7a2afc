import Alert from "@cloudscape-design/components/alert";
import { useText } from "../../i18n/text.tsx";
import { RevealedSecret } from "../app-clients/client-secrets.tsx";
import { CloseDialog } from "../basics/close-dialog.tsx";
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
    <CloseDialog title={text.passwordOf(label)} onDismiss={onDismiss}>
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
    </CloseDialog>
  );
}
