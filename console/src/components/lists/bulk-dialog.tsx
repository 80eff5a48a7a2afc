import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import { ActionDialog } from "../basics/confirm.tsx";
import { ValueList } from "../basics/key-values.tsx";

/** How many names the dialog shows. */
const MAX_SHOWN = 10;

interface Props<T> {
  readonly title: string;
  readonly confirmLabel: string;
  readonly items: readonly T[];
  /** An item in the dialog, with a text that differs from those of the others. */
  readonly labelOf: (item: T) => string;
  /** The question, or the warning of what is lost, about so many items. */
  readonly question: (count: number) => ReactNode;
  /** For an action that cannot be undone: a word has to be typed. */
  readonly isTyped: boolean;
  readonly act: (item: T) => Promise<unknown>;
  /** The message after so many of them. */
  readonly done: (count: number) => string;
  readonly onDismiss: () => void;
  /** Called also when some could not be done. */
  readonly onDone: () => void;
  readonly children?: (wasTried: boolean) => ReactNode;
}

/** Does the same to each of several items, one after the other. The dialog keeps those that failed, for another try. */
export function BulkDialog<T>(props: Props<T>) {
  const { items, labelOf, act, onDone } = props;
  const text = useText().bulkDialog;
  const show = useFlash();
  const [failed, setFailed] = useState<readonly T[]>();
  const rest = failed ?? items;
  return (
    <ActionDialog
      title={props.title}
      confirmLabel={props.confirmLabel}
      {...(props.isTyped ? { typed: text.typed } : {})}
      values={undefined}
      isValid={rest.length > 0}
      onDismiss={props.onDismiss}
      onConfirm={async () => {
        const failures: { readonly item: T; readonly error: unknown }[] = [];
        for (const item of rest) await act(item).catch((error) => failures.push({ item, error }));
        onDone();
        const [first] = failures;
        if (first !== undefined) {
          setFailed(failures.map(({ item }) => item));
          throw new Error(text.failed(failures.length, rest.length, String(first.error)));
        }
        show("success", props.done(rest.length));
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          {props.question(rest.length)}
          <div>
            <ValueList values={rest.slice(0, MAX_SHOWN).map(labelOf)} />
            {rest.length > MAX_SHOWN && <Box>{text.more(rest.length - MAX_SHOWN)}</Box>}
          </div>
          {props.children?.(wasTried)}
        </SpaceBetween>
      )}
    </ActionDialog>
  );
}
