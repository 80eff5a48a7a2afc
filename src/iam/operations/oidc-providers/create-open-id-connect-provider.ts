import { InvalidInputException, ValidationError } from "../../errors.ts";
import { newUniqueId, oidcProviderArn } from "../../identifiers.ts";
import type { IamOperation } from "../../operation.ts";
import { providerTags, unlessTaken } from "../../principals/index.ts";
import { withTags } from "../../tags.ts";

/**
 * Makes an issuer of ID tokens known, so that roles can trust those who hold its tokens.
 *
 * @throws InvalidInputException the URL is not https, and not an issuer of this server
 * @throws EntityAlreadyExistsException
 */
export const createOpenIDConnectProvider: IamOperation<"CreateOpenIDConnectProvider"> = async (
  input,
  context,
) => {
  const { directory, accountId, clock, random, isOwnIssuer } = context;
  if (!URL.canParse(input.Url)) throw new ValidationError("Invalid Open ID Connect Provider URL");
  const { protocol } = new URL(input.Url);
  // AWS takes https alone. A pool of this server is one whatever the server's own scheme is.
  if (protocol !== "https:" && !isOwnIssuer(input.Url)) {
    throw new InvalidInputException("Open ID Connect Provider URL must begin with https://");
  }
  const name = input.Url.slice(`${protocol}//`.length);
  const tags = withTags({}, input.Tags ?? [], "OpenIDConnectProvider");
  await directory.change((iam) =>
    unlessTaken(`Provider with url ${input.Url} already exists.`, () =>
      iam.oidcProviders.insert({
        accountId,
        name,
        path: "/",
        // Nothing shows it; every record has one.
        uniqueId: newUniqueId("ANPA", random),
        tags,
        createdAt: clock.now(),
        clientIds: [...new Set(input.ClientIDList ?? [])],
        thumbprints: input.ThumbprintList ?? [],
      }),
    ),
  );
  return { OpenIDConnectProviderArn: oidcProviderArn(accountId, name), ...providerTags(tags) };
};
