/** The quickstarts from a new user to tokens, as lines to paste. */
import { amplify } from "./amplify.ts";
import { cli } from "./cli.ts";
import { identityJs } from "./identity-js.ts";
import { javaScript } from "./javascript.ts";
import type { Quickstart } from "./place.ts";
import { python } from "./python.ts";
import { ruby } from "./ruby.ts";

export type { QuickstartPlace, QuickstartStep } from "./place.ts";

export const quickstarts: readonly Quickstart[] = [cli, javaScript, python, ruby, amplify, identityJs];
