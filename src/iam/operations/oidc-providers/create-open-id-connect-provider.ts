import { InvalidInputException, ValidationError } from "../../errors.ts";
import { newUniqueId, oidcProviderArn, withoutScheme } from "../../identifiers.ts";
import type { IamOperation } from "../../operation.ts";
import { providerTags, uniqueClientIds, unlessTaken } from "../../principals/index.ts";
import { withTags } from "../../tags.ts";

/** API Reference, "CreateOpenIDConnectProvider", ThumbprintList. */
const MAX_THUMBPRINTS = 5;

/**
 * Registers an issuer of ID tokens, so that roles can trust the holders of its tokens.
 *
 * @throws ValidationError the URL is malformed
 * @throws InvalidInputException the URL is not https, and not an issuer of this server, or there are too many thumbprints
 * @throws LimitExceededException there are too many client ids
 * @throws EntityAlreadyExistsException
 */
export const createOpenIDConnectProvider: IamOperation<"CreateOpenIDConnectProvider"> = async (
  input,
  context,
) => {
  const { directory, accountId, clock, random, isOwnIssuer } = context;
  const { Url: url } = input;
  if (!URL.canParse(url)) throw new ValidationError("Invalid Open ID Connect Provider URL");
  // AWS accepts only https. A pool of this server is accepted with any scheme of the server.
  if (!/^https:\/\//i.test(url) && !isOwnIssuer(url)) {
    throw new InvalidInputException("Open ID Connect Provider URL must begin with https://");
  }
  const { ThumbprintList: thumbprints = [] } = input;
  if (thumbprints.length > MAX_THUMBPRINTS) {
    // The text of getmoto/moto; IAM's own is not recorded.
    throw new InvalidInputException("Thumbprint list must contain fewer than 5 entries.");
  }
  const clientIds = uniqueClientIds(input.ClientIDList ?? []);
  const name = withoutScheme(url);
  const tags = withTags({}, input.Tags ?? [], "OpenIDConnectProvider");
  await directory.change((iam) =>
    unlessTaken(`Provider with url ${url} already exists.`, () =>
      iam.oidcProviders.insert({
        accountId,
        name,
        path: "/",
        // No operation shows it, but every record has one.
        uniqueId: newUniqueId("ANPA", random),
        tags,
        createdAt: clock.now(),
        clientIds,
        thumbprints,
      }),
    ),
  );
  return { OpenIDConnectProviderArn: oidcProviderArn(accountId, name), ...providerTags(tags) };
};
