import { CodeMismatchException } from "../../../api-model/index.ts";

/** The refusal of a code that was sent by SMS or e-mail. */
export const wrongCode = () => new CodeMismatchException("Invalid code or auth state for the user.");
