/**
 * Terms of an app client: links to its terms of use and its privacy policy, by language.
 *
 * @see API Reference, "CreateTerms"; Developer Guide, "User pool managed login", terms documents
 */
import {
  ResourceNotFoundException,
  type TermsDescriptionType,
  TermsExistsException,
  type TermsType,
} from "../../api-model/index.ts";
import type { DocumentRecord, Repositories } from "../../storage/index.ts";
import { type Subject, subject } from "../concurrent-change.ts";

/** Developer Guide, "Quotas in Amazon Cognito": terms documents per user pool. */
export const MAX_TERMS = 40;

export type TermsBody = Pick<TermsType, "TermsName" | "TermsSource" | "Enforcement" | "Links">;
export type TermsDocument = DocumentRecord<TermsBody>;

/** All terms of a pool: few. */
export async function termsOfPool(
  { documents }: Pick<Repositories, "documents">,
  poolId: string,
): Promise<readonly TermsDocument[]> {
  const { items } = await documents.list<TermsBody>(poolId, "Terms", { limit: MAX_TERMS });
  return items;
}

/** @throws ResourceNotFoundException the pool has no such terms; the text is ours */
export async function requireTerms(
  repositories: Pick<Repositories, "documents">,
  poolId: string,
  termsId: string,
): Promise<TermsDocument> {
  const terms = (await termsOfPool(repositories, poolId)).find(({ id }) => id === termsId);
  if (!terms) throw new ResourceNotFoundException(`Terms ${termsId} do not exist.`);
  return terms;
}

/** The terms as the subject of a change. */
export function termsSubject(poolId: string, termsId: string): Subject {
  return subject("these terms", async (repositories) =>
    (await termsOfPool(repositories, poolId)).find(({ id }) => id === termsId),
  );
}

/** @throws TermsExistsException the client has other terms of that name; the text is ours */
export function refuseSecondTerms(
  present: readonly TermsDocument[],
  { clientId, id, body }: TermsDocument,
): void {
  const other = present.find(
    (terms) => terms.clientId === clientId && terms.id !== id && terms.body.TermsName === body.TermsName,
  );
  if (other) throw new TermsExistsException(`Terms ${body.TermsName} already exist for the client.`);
}

export function termsType({
  poolId,
  clientId = "",
  id,
  body,
  createdAt,
  lastModifiedAt,
}: TermsDocument): TermsType {
  return {
    TermsId: id,
    UserPoolId: poolId,
    ClientId: clientId,
    ...body,
    CreationDate: createdAt,
    LastModifiedDate: lastModifiedAt,
  };
}

export function termsDescription({
  id,
  body,
  createdAt,
  lastModifiedAt,
}: TermsDocument): TermsDescriptionType {
  return {
    TermsId: id,
    TermsName: body.TermsName,
    Enforcement: body.Enforcement,
    CreationDate: createdAt,
    LastModifiedDate: lastModifiedAt,
  };
}
