import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef } from "react";
import { useText } from "../../i18n/text.tsx";
import { lineChanges } from "../../rules/line-changes.ts";
import { ProblemAlert } from "./problem.tsx";
import { ChangedMeanwhile, type NamedConflict, type Question } from "./use-form-values.ts";

interface Props {
  readonly error: unknown;
  /** Saves again, over what somebody else has saved. */
  readonly onOverwrite: () => void;
  /** Called when the form has the values that are saved. */
  readonly onTaken: () => void;
}

/** Why a form is not saved: a refusal, or what somebody else has changed meanwhile, with the choice whose values count. */
export function SaveProblem({ error, onOverwrite, onTaken }: Props) {
  if (!(error instanceof ChangedMeanwhile)) return <ProblemAlert error={error} />;
  return (
    <ConflictAlert
      // Another conflict is a new message, which is announced anew.
      key={error.conflicts.map(({ path }) => path.join()).join(";")}
      conflicts={error.conflicts}
      question={error.question}
      onOverwrite={() => {
        error.overwrite();
        onOverwrite();
      }}
      onTake={() => {
        error.takeSaved();
        onTaken();
      }}
    />
  );
}

interface ConflictProps {
  readonly conflicts: readonly NamedConflict[];
  readonly question: Question | undefined;
  readonly onOverwrite: () => void;
  readonly onTake: () => void;
}

function ConflictAlert({ conflicts, question, onOverwrite, onTake }: ConflictProps) {
  const text = useText().common.changedMeanwhile;
  const { title, hint } = question ?? text;
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    shown.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div ref={shown} role="alert">
      <Alert type="warning" header={title}>
        <SpaceBetween size="s">
          <div>{hint}</div>
          {conflicts.map((conflict) => (
            <Difference key={conflict.path.join()} conflict={conflict} />
          ))}
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" onClick={onOverwrite}>
              {text.overwrite}
            </Button>
            <Button formAction="none" onClick={onTake}>
              {text.take}
            </Button>
          </SpaceBetween>
        </SpaceBetween>
      </Alert>
    </div>
  );
}

/** Fields whose values are not shown on a page. */
const isSecret = (name: string) => /secret|private_key/i.test(name);

function Difference({ conflict }: { readonly conflict: NamedConflict }) {
  const { label, path, before, now, own, textOf } = conflict;
  const text = useText().common.changedMeanwhile;
  const valueText = useValueText();
  const texts = [before, now, own].map((value) =>
    // The three are values of the field.
    textOf === undefined ? valueText(value) : textOf(value as never),
  );
  const [was = "", saved = "", mine = ""] = texts;
  return (
    <div>
      <Box variant="strong">{label}</Box>
      {path.some(isSecret) ? (
        <div>{text.secret}</div>
      ) : texts.some((one) => one.includes("\n")) ? (
        <LineChanges label={text.changesOf(label)} before={before ? was : ""} now={now ? saved : ""} />
      ) : (
        <div className="wrap-anywhere">
          <div>{text.before(was)}</div>
          <div>{text.saved(saved)}</div>
          <div>{text.own(mine)}</div>
        </div>
      )}
    </div>
  );
}

/** The changes of somebody else in a document. */
function LineChanges({ label, before, now }: { label: string; before: string; now: string }) {
  return (
    <section className="code" aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard */}
      <pre tabIndex={0} className="wrapped">
        <code>
          {lineChanges(before, now)
            .map(({ sign, line }) => `${sign} ${line}`)
            .join("\n")}
        </code>
      </pre>
    </section>
  );
}

function useValueText(): (value: unknown) => string {
  const common = useText().common;
  return (value) => {
    if (value === undefined || value === "") return "–";
    if (typeof value === "boolean") return value ? common.yes : common.no;
    if (typeof value === "string") return value;
    return Array.isArray(value) && value.every((entry) => typeof entry === "string")
      ? value.join(common.comma) || "–"
      : JSON.stringify(value, null, 2);
  };
}
