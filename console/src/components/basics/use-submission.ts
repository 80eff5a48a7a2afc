import { type RefObject, useRef, useState } from "react";
import { type Action, changesLoaded, useAction } from "../../api/load.ts";
import { focusFirstInvalid } from "./invalid-field.ts";

interface Submission {
  readonly form: RefObject<HTMLFormElement | null>;
  /** Whether the form was sent before: then it says what is missing. */
  readonly wasTried: boolean;
  readonly action: Action;
  /**
   * Runs `work` if the form is valid, else moves the focus to the first field that is not.
   *
   * @returns whether `work` succeeded
   */
  readonly submit: (isValid: boolean, work: () => Promise<void>) => Promise<boolean>;
}

/** What a page and a dialog do when their form is sent. */
export function useSubmission(): Submission {
  const form = useRef<HTMLFormElement>(null);
  const action = useAction();
  const [wasTried, setWasTried] = useState(false);
  // Not `action.isRunning`, which a second event before the next rendering does not see.
  const isRunning = useRef(false);
  const submit = async (isValid: boolean, work: () => Promise<void>) => {
    if (isRunning.current) return false;
    setWasTried(true);
    if (isValid) {
      isRunning.current = true;
      const isDone = await action.run(async () => {
        await work();
        // Values from before the action would look as if it had done nothing.
        await changesLoaded();
      });
      isRunning.current = false;
      return isDone;
    }
    // The refusal of the try before is about another input.
    action.clear();
    focusFirstInvalid(form.current);
    return false;
  };
  return { form, wasTried, action, submit };
}
