import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Form from "@cloudscape-design/components/form";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useRef, useState } from "react";
import { useAction } from "../../api/load.ts";
import { useNavigation } from "../../app/router.tsx";
import { useText } from "../../i18n/text.tsx";
import { focusFirstInvalid } from "./invalid-field.ts";
import { PageHeader } from "./page-header.tsx";
import { ProblemAlert } from "./problem.tsx";

interface Props {
  readonly title: string;
  readonly description?: ReactNode;
  readonly submitLabel: string;
  readonly cancelHref: string;
  /** Whether every field is valid. */
  readonly isValid: boolean;
  readonly onSubmit: () => Promise<void>;
  /** Called with true after the first try to submit: empty fields then show their errors. */
  readonly children: (wasTried: boolean) => ReactNode;
}

/** A page with one form. */
export function FormPage({
  title,
  description,
  submitLabel,
  cancelHref,
  isValid,
  onSubmit,
  children,
}: Props) {
  const text = useText().common;
  const { navigate } = useNavigation();
  const action = useAction();
  const [wasTried, setWasTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const submit = async () => {
    if (action.isRunning) return;
    setWasTried(true);
    if (isValid) await action.run(onSubmit);
    else {
      // The refusal of the try before is about another input.
      action.clear();
      focusFirstInvalid(form.current);
    }
  };

  return (
    <ContentLayout header={<PageHeader title={title} description={description} />}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Form
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" onClick={() => navigate(cancelHref)}>
                {text.cancel}
              </Button>
              <Button variant="primary" loading={action.isRunning}>
                {submitLabel}
              </Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="l">
            {children(wasTried)}
            <ProblemAlert error={action.error} />
          </SpaceBetween>
        </Form>
      </form>
    </ContentLayout>
  );
}
