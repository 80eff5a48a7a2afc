/**
 * The repositories, each with its queries, over a session of whichever engine.
 *
 * The engines run the queries and the transactions.
 */

import { SqlAppClientRepository } from "./app-clients/repository.ts";
import { SqlAuthEventRepository } from "./auth-events/repository.ts";
import { SqlCodeRepository } from "./codes/repository.ts";
import { SqlDeviceRepository } from "./devices/repository.ts";
import { SqlDocumentRepository } from "./documents/repository.ts";
import { SqlDomainRepository } from "./domains/repository.ts";
import type { Session } from "./engine.ts";
import { SqlGroupRepository } from "./groups/repository.ts";
import { SqlIamRepositories } from "./iam/repository.ts";
import { SqlIdentityProviderRepository } from "./identity-providers/repository.ts";
import { SqlImportJobRepository } from "./import-jobs/repository.ts";
import { SqlInboxRepository } from "./inbox/repository.ts";
import { SqlInstallationRepository } from "./installation/repository.ts";
import { SqlLinkedIdentityRepository } from "./linked-identities/repository.ts";
import { SqlPasskeyRepository } from "./passkeys/repository.ts";
import { SqlResourceServerRepository } from "./resource-servers/repository.ts";
import type { Sealer } from "./sealer.ts";
import { SqlSignInAttemptRepository } from "./sign-in-attempts/repository.ts";
import { SqlSignInCountRepository } from "./sign-in-counts/repository.ts";
import { SqlSignInRepository } from "./sign-ins/repository.ts";
import { SqlSigningKeyRepository } from "./signing-keys/repository.ts";
import { SqlSsoSessionRepository } from "./sso-sessions/repository.ts";
import type { Repositories } from "./store.ts";
import { SqlUnknownNameRepository } from "./unknown-names/repository.ts";
import { SqlUsedTicketRepository } from "./used-tickets/repository.ts";
import { SqlUserPoolRepository } from "./user-pools/repository.ts";
import { SqlUserRepository } from "./users/repository.ts";

/** All repositories over one session: the store's own, or those that a transaction hands to its work. */
export class SqlRepositories implements Repositories {
  readonly pools: SqlUserPoolRepository;
  readonly clients: SqlAppClientRepository;
  readonly signingKeys: SqlSigningKeyRepository;
  readonly users: SqlUserRepository;
  readonly groups: SqlGroupRepository;
  readonly signIns: SqlSignInRepository;
  readonly codes: SqlCodeRepository;
  readonly usedTickets: SqlUsedTicketRepository;
  readonly unknownNames: SqlUnknownNameRepository;
  readonly signInAttempts: SqlSignInAttemptRepository;
  readonly devices: SqlDeviceRepository;
  readonly passkeys: SqlPasskeyRepository;
  readonly ssoSessions: SqlSsoSessionRepository;
  readonly authEvents: SqlAuthEventRepository;
  readonly signInCounts: SqlSignInCountRepository;
  readonly linkedIdentities: SqlLinkedIdentityRepository;
  readonly identityProviders: SqlIdentityProviderRepository;
  readonly resourceServers: SqlResourceServerRepository;
  readonly domains: SqlDomainRepository;
  readonly documents: SqlDocumentRepository;
  readonly importJobs: SqlImportJobRepository;
  readonly inbox: SqlInboxRepository;
  readonly installation: SqlInstallationRepository;

  readonly #parts: readonly [Session, Sealer];
  #iam: SqlIamRepositories | undefined;

  constructor(session: Session, sealer: Sealer) {
    this.#parts = [session, sealer];
    this.pools = new SqlUserPoolRepository(session);
    this.clients = new SqlAppClientRepository(session, sealer);
    this.signingKeys = new SqlSigningKeyRepository(session, sealer);
    this.users = new SqlUserRepository(session, sealer);
    this.groups = new SqlGroupRepository(session, sealer);
    this.signIns = new SqlSignInRepository(session);
    this.codes = new SqlCodeRepository(session, sealer);
    this.usedTickets = new SqlUsedTicketRepository(session);
    this.unknownNames = new SqlUnknownNameRepository(session);
    this.signInAttempts = new SqlSignInAttemptRepository(session, sealer);
    this.devices = new SqlDeviceRepository(session, sealer);
    this.passkeys = new SqlPasskeyRepository(session);
    this.ssoSessions = new SqlSsoSessionRepository(session);
    this.authEvents = new SqlAuthEventRepository(session);
    this.signInCounts = new SqlSignInCountRepository(session);
    this.linkedIdentities = new SqlLinkedIdentityRepository(session);
    this.identityProviders = new SqlIdentityProviderRepository(session, sealer);
    this.resourceServers = new SqlResourceServerRepository(session);
    this.domains = new SqlDomainRepository(session);
    this.documents = new SqlDocumentRepository(session);
    this.importJobs = new SqlImportJobRepository(session, sealer);
    this.inbox = new SqlInboxRepository(session, sealer);
    this.installation = new SqlInstallationRepository(session);
  }

  /** Many repositories, of which a transaction of a sign-in needs none. */
  get iam(): SqlIamRepositories {
    this.#iam ??= new SqlIamRepositories(...this.#parts);
    return this.#iam;
  }
}
