import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, type RefObject, useEffect, useState } from "react";
import { useUnsavedValues } from "../../app/unsaved-changes.ts";
import { useText } from "../../i18n/text.tsx";
import { SaveProblem } from "./changed-meanwhile.tsx";
import { unlessOutside } from "./close-dialog.tsx";
import { useSubmission } from "./use-submission.ts";

interface QuestionProps {
  readonly title: string;
  /** A function is called with true after the first try to confirm: empty fields then show their errors. */
  readonly children: ReactNode | ((wasTried: boolean) => ReactNode);
  /** The label of the button: the verb of the action. */
  readonly confirmLabel: string;
  /** The text that the person must type first, for an action that cannot be undone. */
  readonly typed?: string;
  /** Whether the dialog is still loading the resource that it acts on. */
  readonly isLoading?: boolean;
  readonly size?: "medium" | "large";
  readonly onConfirm: () => Promise<void>;
  /** Closes the dialog; also called when it succeeded. */
  readonly onDismiss: () => void;
}

/** What a dialog with fields has besides. */
interface FieldProps {
  /** Whether every field is valid. If not, the button does not act, but shows what is missing. */
  readonly isValid: boolean;
  /**
   * What the person edits: the page asks before it is left while this differs from what it was at first. Undefined if the fields
   * only confirm an action.
   */
  readonly values: object | undefined;
}

type Props = QuestionProps & (FieldProps | { readonly isValid?: never; readonly values?: never });

/** A dialog that does one thing: it stays open and says why when that is refused. */
export function ActionDialog({
  title,
  children,
  confirmLabel,
  typed,
  isValid = true,
  values,
  isLoading = false,
  size = "medium",
  onConfirm,
  onDismiss,
}: Props) {
  const text = useText().common;
  const { form, wasTried, action, submit } = useSubmission();
  useUnsavedValues(values);
  const [answer, setAnswer] = useState("");
  const isTyped = typed === undefined || answer === typed;
  const content = typeof children === "function" ? children(wasTried) : children;
  const confirm = async () => {
    if (!isLoading && (await submit(isValid && isTyped, onConfirm))) onDismiss();
  };

  return (
    <Modal
      visible
      size={size}
      header={title}
      onDismiss={unlessOutside(onDismiss)}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>
              {text.cancel}
            </Button>
            <Button
              variant="primary"
              loading={action.isRunning}
              disabled={isLoading}
              onClick={() => void confirm()}
            >
              {confirmLabel}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <DialogForm form={form} onSubmit={() => void confirm()}>
        <SpaceBetween size="m">
          {/* SpaceBetween gives no key to a text. */}
          {typeof content === "string" ? <div>{content}</div> : content}
          {typed !== undefined && (
            <FormField
              label={text.typeToConfirm(typed)}
              errorText={wasTried && !isTyped ? text.typedFault(typed) : undefined}
            >
              <Input
                value={answer}
                placeholder={typed}
                autoComplete={false}
                onChange={({ detail }) => setAnswer(detail.value)}
              />
            </FormField>
          )}
          <SaveProblem error={action.error} onOverwrite={() => void confirm()} onTaken={action.clear} />
        </SpaceBetween>
      </DialogForm>
    </Modal>
  );
}

interface FormProps {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

/** Where there is something to fill in, the keyboard starts there instead of at the button that closes the dialog. */
function DialogForm({ form, onSubmit, children }: FormProps) {
  useEffect(() => {
    // After the dialog, which takes the focus when this is shown and returns it later.
    queueMicrotask(() => form.current?.querySelector<HTMLElement>(":is(input, textarea):enabled")?.focus());
  }, [form]);
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      {/* Enter in a field submits only where there is a button for it. */}
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
    </form>
  );
}

/** A warning before an action that cannot be undone. */
export function Warning({ children }: { readonly children: ReactNode }) {
  return (
    <Alert type="warning" statusIconAriaLabel={useText().common.warning}>
      {children}
    </Alert>
  );
}
