/**
 * The principals that a seed file declares, and the files by which AWS clients find this server.
 */
export {
  renderConfigFile,
  renderCredentialsFile,
} from "./aws-files.ts";
export { seedPrincipals } from "./seed.ts";
