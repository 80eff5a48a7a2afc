import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Form from "@cloudscape-design/components/form";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useNavigation } from "../../app/router.tsx";
import { useUnsavedValues } from "../../app/unsaved-changes.ts";
import { useText } from "../../i18n/text.tsx";
import { SaveProblem } from "./changed-meanwhile.tsx";
import { PageHeader } from "./page-header.tsx";
import { useSubmission } from "./use-submission.ts";

interface Props {
  readonly title: string;
  readonly description?: ReactNode;
  readonly submitLabel: string;
  readonly cancelHref: string;
  /** Whether every field is valid. */
  readonly isValid: boolean;
  /** What the person edits. The page asks before it is left while this differs from what it was at first. */
  readonly values: object;
  /** @returns the page that a save leads to; undefined if it stays on this one */
  readonly onSubmit: () => Promise<string | undefined>;
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
  values,
  onSubmit,
  children,
}: Props) {
  const text = useText().common;
  const { navigate } = useNavigation();
  const { form, wasTried, action, submit } = useSubmission();
  const setSaved = useUnsavedValues(values);
  const save = async () => {
    let next: string | undefined;
    const isDone = await submit(isValid, async () => {
      next = await onSubmit();
      setSaved(values);
    });
    if (isDone && next !== undefined) navigate(next, { isSaved: true });
  };

  return (
    <ContentLayout header={<PageHeader title={title} description={description} />}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
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
            <SaveProblem error={action.error} onOverwrite={() => void save()} onTaken={action.clear} />
          </SpaceBetween>
        </Form>
      </form>
    </ContentLayout>
  );
}
