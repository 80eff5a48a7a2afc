import type { OperationTable } from "../operation.ts";
import { appClientOperations } from "./app-clients/index.ts";
import { authenticationOperations } from "./authentication/index.ts";
import { brandingOperations } from "./branding/index.ts";
import { deviceOperations } from "./devices/index.ts";
import { domainOperations } from "./domains/index.ts";
import { withFreshConfiguration } from "./fresh-configuration.ts";
import { groupOperations } from "./groups/index.ts";
import { identityProviderOperations } from "./identity-providers/index.ts";
import { importOperations } from "./import/index.ts";
import { limitOperations } from "./limits/index.ts";
import { logDeliveryOperations } from "./log-delivery/index.ts";
import { mfaOperations } from "./mfa/index.ts";
import { withModelledErrors } from "./modelled-errors.ts";
import { passkeyOperations } from "./passkeys/index.ts";
import { passwordOperations } from "./passwords/index.ts";
import { replicaOperations } from "./replicas/index.ts";
import { resourceServerOperations } from "./resource-servers/index.ts";
import { selfServiceOperations } from "./self-service/index.ts";
import { sessionOperations } from "./sessions/index.ts";
import { signUpOperations } from "./sign-up/index.ts";
import { tagOperations } from "./tags/index.ts";
import { termsOperations } from "./terms/index.ts";
import { threatProtectionOperations } from "./threat-protection/index.ts";
import { tokenOperations } from "./tokens/index.ts";
import { userPoolOperations } from "./user-pools/index.ts";
import { userOperations } from "./users/index.ts";

/** Every operation of the API model, by its wire name. */
export const operations: OperationTable = withModelledErrors(
  withFreshConfiguration({
    ...userPoolOperations,
    ...appClientOperations,
    ...tagOperations,
    ...userOperations,
    ...passwordOperations,
    ...signUpOperations,
    ...selfServiceOperations,
    ...groupOperations,
    ...authenticationOperations,
    ...tokenOperations,
    ...mfaOperations,
    ...resourceServerOperations,
    ...domainOperations,
    ...deviceOperations,
    ...identityProviderOperations,
    ...termsOperations,
    ...brandingOperations,
    ...importOperations,
    ...limitOperations,
    ...replicaOperations,
    ...passkeyOperations,
    ...sessionOperations,
    ...threatProtectionOperations,
    ...logDeliveryOperations,
  }),
);
