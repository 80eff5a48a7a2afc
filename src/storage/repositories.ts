/**
 * The repositories, each with its queries, over a session of whichever engine.
 *
 * How a query runs, and what a transaction is, are the engines' part.
 */

import { SqlAppClientRepository } from "./app-clients/repository.ts";
import { SqlCodeRepository } from "./codes/repository.ts";
import type { Session } from "./engine.ts";
import { SqlGroupRepository } from "./groups/repository.ts";
import { SqlIamRepositories } from "./iam/repository.ts";
import { SqlInboxRepository } from "./inbox/repository.ts";
import { SqlInstallationRepository } from "./installation/repository.ts";
import type { Sealer } from "./sealer.ts";
import { SqlSignInRepository } from "./sign-ins/repository.ts";
import { SqlSigningKeyRepository } from "./signing-keys/repository.ts";
import type { Repositories } from "./store.ts";
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
  readonly inbox: SqlInboxRepository;
  readonly iam: SqlIamRepositories;
  readonly installation: SqlInstallationRepository;

  constructor(session: Session, sealer: Sealer) {
    this.pools = new SqlUserPoolRepository(session);
    this.clients = new SqlAppClientRepository(session, sealer);
    this.signingKeys = new SqlSigningKeyRepository(session, sealer);
    this.users = new SqlUserRepository(session, sealer);
    this.groups = new SqlGroupRepository(session, sealer);
    this.signIns = new SqlSignInRepository(session);
    this.codes = new SqlCodeRepository(session, sealer);
    this.usedTickets = new SqlUsedTicketRepository(session);
    this.inbox = new SqlInboxRepository(session, sealer);
    this.iam = new SqlIamRepositories(session, sealer);
    this.installation = new SqlInstallationRepository(session);
  }
}
