import { updatePool } from "../../api/pools.ts";
import { useFlash } from "../../app/flashes.tsx";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { textFaults, unlessDefault } from "../../rules/messages/messages.ts";
import {
  defaultSignInTexts,
  emailTextRequest,
  hasEmailText,
  signInTextsOf,
} from "../../rules/messages/sign-in-message.ts";
import { type MfaConfigDialogProps, MfaConfigPanel } from "../authentication/mfa-config-panel.tsx";
import { ActionDialog } from "../basics/confirm.tsx";
import { useFormValues } from "../basics/use-form-values.ts";
import { WrittenText } from "../basics/written-text.tsx";
import { MessageFields } from "./message-fields.tsx";

/** The constraints are those of a message with a code. */
const KIND = "verification";

/** The message with the code of a sign-in. */
export function SignInMessage() {
  const { pool } = usePool();
  const text = useText().messageTemplates;
  const { title, hint, noEmail } = useText().signInMessage;
  return (
    <MfaConfigPanel
      title={title}
      description={hint}
      items={(config) => {
        const { subject, email, sms } = signInTextsOf(pool, config);
        const isShown = hasEmailText(config);
        return [
          { label: text.subject, value: isShown ? <WrittenText>{subject}</WrittenText> : noEmail },
          { label: text.email, value: isShown ? <WrittenText>{email}</WrittenText> : noEmail },
          { label: text.sms, value: <WrittenText>{sms}</WrittenText> },
        ];
      }}
      dialog={(props) => <SignInMessageDialog {...props} />}
    />
  );
}

function SignInMessageDialog({ config, onDismiss, onSave }: MfaConfigDialogProps) {
  const { pool, reload } = usePool();
  const { title, saved } = useText().signInMessage;
  const text = useText().messageTemplates;
  const common = useText().common;
  const show = useFlash();
  const {
    values: message,
    setValues,
    mergedWith,
  } = useFormValues(() => signInTextsOf(pool, config), {
    subject: text.subject,
    email: text.email,
    sms: text.sms,
  });
  const hasEmail = hasEmailText(config);
  const faults = textFaults(KIND, message);
  return (
    <ActionDialog
      title={common.editWhat(title)}
      size="large"
      confirmLabel={common.saveChanges}
      values={message}
      isValid={!faults.sms && !(hasEmail && (faults.subject || faults.email))}
      onDismiss={onDismiss}
      onConfirm={async () => {
        if (hasEmail)
          await onSave((current, currentPool) =>
            emailTextRequest(currentPool, current, mergedWith(signInTextsOf(currentPool, current))),
          );
        await updatePool(pool.Id ?? "", (current) => {
          const { sms } = mergedWith(signInTextsOf(current, config));
          return { SmsAuthenticationMessage: unlessDefault(sms, defaultSignInTexts.sms) };
        });
        show("success", saved);
        reload();
      }}
    >
      <MessageFields
        kind={KIND}
        message={message}
        faults={faults}
        defaults={defaultSignInTexts}
        hasEmail={hasEmail}
        onChange={setValues}
      />
    </ActionDialog>
  );
}
