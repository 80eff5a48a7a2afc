import { InvalidParameterException } from "../../api-model/index.ts";
import type { DomainRecord, Repositories } from "../../storage/index.ts";
import { type Subject, subject } from "../concurrent-change.ts";

/** The answer for a domain that is not there. */
export function unknownDomain(): InvalidParameterException {
  return new InvalidParameterException("No such domain or user pool exists.");
}

/** @throws InvalidParameterException the pool has no such domain */
export async function requireDomain(
  { domains }: Pick<Repositories, "domains">,
  poolId: string,
  name: string,
): Promise<DomainRecord> {
  const domain = await domains.get(name.toLowerCase());
  if (domain?.poolId !== poolId) throw unknownDomain();
  return domain;
}

/** The domain as the subject of a change. */
export function domainSubject(name: string): Subject {
  return subject("this domain", ({ domains }) => domains.get(name.toLowerCase()));
}
