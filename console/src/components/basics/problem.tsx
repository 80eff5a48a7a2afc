import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { problemOf } from "../../api/errors.ts";
import { useText } from "../../i18n/text.tsx";

interface Props {
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** What a person without the permission can do instead. */
  readonly deniedHint?: string | undefined;
}

/** An error: a heading in the reader's language and the text of the refusal. */
export function ProblemAlert({ error, onRetry, deniedHint }: Props) {
  const text = useText().common;
  if (error === undefined) return null;
  const problem = problemOf(error);
  return (
    // A screen reader reads it out: it appears far from the button that was pressed.
    <div role="alert">
      <Alert
        type={problem.kind === "denied" ? "warning" : "error"}
        header={text.problems[problem.kind]}
        action={
          onRetry && (
            // In a form, too, it does not send that.
            <Button formAction="none" onClick={onRetry}>
              {text.retry}
            </Button>
          )
        }
      >
        <ProblemText error={error} />
        {problem.kind === "denied" && deniedHint && <div>{deniedHint}</div>}
        {problem.requestId !== undefined && (
          <Box variant="small" display="block">
            {text.requestId(problem.requestId)}
          </Box>
        )}
      </Alert>
    </div>
  );
}

/** The name of an error, and the text of the refusal. */
export function ProblemText({ error }: Pick<Props, "error">) {
  const { unreachableHint } = useText().common;
  const { name, message, kind } = problemOf(error);
  return (
    <>
      {name && <Box variant="strong">{name}: </Box>}
      <span className="wrap-anywhere">{kind === "unreachable" ? unreachableHint : message}</span>
    </>
  );
}
