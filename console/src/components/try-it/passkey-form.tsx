import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useText } from "../../i18n/text.tsx";
import { passkeyAddress } from "../../sign-in/passkey.ts";

interface Props {
  readonly isRunning: boolean;
  readonly onPasskey: () => void;
}

/** WEB_AUTHN, answered by a passkey of this browser. */
export function PasskeyForm({ isRunning, onPasskey }: Props) {
  const text = useText().tryIt;
  return (
    <SpaceBetween size="l">
      <PasskeyAddressHint />
      <Button variant="primary" loading={isRunning} onClick={onPasskey}>
        {text.usePasskey}
      </Button>
    </SpaceBetween>
  );
}

/** Where this page has to be opened for passkeys; nothing where they work. */
export function PasskeyAddressHint() {
  const text = useText().tryIt;
  const common = useText().common;
  const address = passkeyAddress(window.location);
  if (address === undefined) return null;
  return (
    <Alert type="warning" statusIconAriaLabel={common.warning}>
      {text.passkeyAddress} <Link href={address}>{address}</Link>
    </Alert>
  );
}
