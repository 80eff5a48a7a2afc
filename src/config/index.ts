/**
 * The settings of the program: one table, read from flags, environment and a file. Nothing outside this folder and the
 * command line reads the environment.
 */
export { settingsHelp, settingsTable } from "./help.ts";
export {
  ConfigurationError,
  ignoredVariables,
  loadSettings,
  settingsFrom,
  trustsUnknownKeys,
} from "./load.ts";
export { defaultSettings, type LogTarget, type Mode, type Settings } from "./settings.ts";
