/** Adds the tenant of the address to both tokens, and a scope for members of a group. */
interface TokenEvent {
  readonly request: {
    readonly userAttributes: Readonly<Record<string, string>>;
    readonly groupConfiguration: { readonly groupsToOverride: readonly string[] };
  };
  readonly response: { claimsAndScopeOverrideDetails?: object };
}

export const handler = async (event: TokenEvent): Promise<TokenEvent> => {
  const { userAttributes, groupConfiguration } = event.request;
  const tenant = userAttributes.email?.split("@")[1];
  const isStaff = groupConfiguration.groupsToOverride.includes("staff");
  event.response.claimsAndScopeOverrideDetails = {
    idTokenGeneration: { claimsToAddOrOverride: { tenant, roles: isStaff ? ["staff"] : [] } },
    accessTokenGeneration: {
      claimsToAddOrOverride: { tenant },
      scopesToAdd: isStaff ? ["orders/write"] : [],
    },
  };
  return event;
};
