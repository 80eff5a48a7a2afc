/**
 * The principals that a seed file declares, and the files by which AWS clients find this server.
 */
export {
  ADMINISTRATOR_PROFILE,
  POWER_USER_PROFILE,
  renderConfigFile,
  renderCredentialsFile,
} from "./aws-files.ts";
export { type PrincipalSeed, seedPrincipals } from "./seed.ts";
