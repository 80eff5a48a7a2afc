import type { IdentityProviderRecord } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import { fetchedMetadata } from "./saml-details.ts";
import { readSamlMetadata, type SamlMetadata } from "./saml-metadata.ts";

/** Developer Guide, "Things to know about SAML IdPs": how long metadata from a URL is kept. */
const KEPT_MILLISECONDS = 6 * 60 * 60 * 1000;
/** How long after a failure the old metadata is used without another try. */
const RETRY_MILLISECONDS = 5 * 60 * 1000;

/**
 * The metadata of a SAML provider. A document from a URL is read again after six hours, so that new certificates are
 * found. While that fails the old document is used, because an outage of its host must not prevent sign-ins.
 */
export async function currentSamlMetadata(
  { poolId, name, details }: IdentityProviderRecord,
  environment: Pick<Environment, "store" | "clock" | "providers" | "log">,
): Promise<SamlMetadata> {
  const { MetadataFile, MetadataURL, fetched_at = "0" } = details;
  if (MetadataFile || !MetadataURL) return metadataIn(details);
  const { store, clock, log } = environment;
  const now = clock.now();
  if (now - Number(fetched_at) < KEPT_MILLISECONDS) return metadataIn(details);

  const fetched = await fetchedMetadata(MetadataURL, environment).catch((error: unknown) => {
    log.warn({ error, poolId, provider: name }, "The metadata of a SAML provider could not be read again");
    return { fetched_at: String(now - KEPT_MILLISECONDS + RETRY_MILLISECONDS) };
  });
  const stored = await store.identityProviders.update(poolId, name, (current) =>
    // An administrator who changes the provider meanwhile wins.
    current.details.fetched_at === details.fetched_at
      ? { ...current, details: { ...current.details, ...fetched } }
      : current,
  );
  return metadataIn(stored?.details ?? details);
}

type Details = IdentityProviderRecord["details"];

/**
 * What the documents say that were read from providers in the store's cache. Anybody can begin a sign-in, and a document that is as
 * large as an administrator may give it takes more than 50 ms to read.
 */
const readDocuments = new WeakMap<Details, Promise<SamlMetadata>>();

function metadataIn(details: Details): Promise<SamlMetadata> {
  const known = readDocuments.get(details);
  if (known !== undefined) return known;
  const { MetadataFile, MetadataURL, fetched_metadata } = details;
  const read = readSamlMetadata((MetadataFile || !MetadataURL ? MetadataFile : fetched_metadata) ?? "");
  readDocuments.set(details, read);
  return read;
}
