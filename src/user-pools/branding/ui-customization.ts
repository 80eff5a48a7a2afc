import { InvalidParameterException, type UICustomizationType } from "../../api-model/index.ts";
import type { DocumentKey, DocumentRecord, Repositories } from "../../storage/index.ts";
import { omitUndefined } from "../pools/index.ts";

/** Means all clients of a pool that have no customization of their own. */
export const ALL_CLIENTS = "ALL";

export interface UICustomizationBody {
  readonly css?: string | undefined;
  /** `20250117005911`: when it was set. */
  readonly version: string;
  readonly hasImage: boolean;
}

export function customizationKey(poolId: string, clientId: string): DocumentKey {
  return {
    poolId,
    kind: "UICustomization",
    id: "",
    ...(clientId !== ALL_CLIENTS && { clientId }),
  };
}

/** A client's own customization, else that of all clients. */
export async function customizationDocument(
  { documents }: Pick<Repositories, "documents">,
  poolId: string,
  clientId: string,
): Promise<DocumentRecord<UICustomizationBody> | undefined> {
  const read = (id: string) => documents.get<UICustomizationBody>(customizationKey(poolId, id));
  return (await read(clientId)) ?? (await read(ALL_CLIENTS));
}

/** @throws InvalidParameterException the pool has no domain, and so no pages to customize */
export async function requireAnyDomain(
  { domains }: Pick<Repositories, "domains">,
  poolId: string,
): Promise<void> {
  if ((await domains.listOfPool(poolId)).length > 0) return;
  throw new InvalidParameterException("There has to be an existing domain associated with this user pool.");
}

/** @param baseUrl where browsers find this server's pages */
export function uiCustomizationType(
  { poolId, clientId = ALL_CLIENTS, body, createdAt, lastModifiedAt }: DocumentRecord<UICustomizationBody>,
  baseUrl: string,
): UICustomizationType {
  return omitUndefined({
    UserPoolId: poolId,
    ClientId: clientId,
    ImageUrl: body.hasImage ? `${baseUrl}${logoPath({ poolId, clientId, body })}` : undefined,
    CSS: body.css,
    CSSVersion: body.version,
    LastModifiedDate: lastModifiedAt,
    CreationDate: createdAt,
  });
}

/** Where the logo of a customization is on this server. */
export function logoPath({
  poolId,
  clientId = ALL_CLIENTS,
  body,
}: Pick<DocumentRecord<UICustomizationBody>, "poolId" | "clientId" | "body">): string {
  return `/${poolId}/${clientId}/${body.version}/assets/images/image.jpg`;
}
