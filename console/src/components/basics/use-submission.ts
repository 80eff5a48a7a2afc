import { type RefObject, useRef, useState } from "react";
import { type Action, useAction } from "../../api/load.ts";
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
  const submit = async (isValid: boolean, work: () => Promise<void>) => {
    if (action.isRunning) return false;
    setWasTried(true);
    if (isValid) return action.run(work);
    // The refusal of the try before is about another input.
    action.clear();
    focusFirstInvalid(form.current);
    return false;
  };
  return { form, wasTried, action, submit };
}
