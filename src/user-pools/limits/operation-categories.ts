/**
 * The operations of each category. Operations that the Developer Guide does not name are with their like.
 *
 * @see Developer Guide, "Quotas in Amazon Cognito", operation categories
 */
const OPERATIONS: Readonly<Record<string, string>> = {
  UserAuthentication: "AdminInitiateAuth AdminRespondToAuthChallenge InitiateAuth RespondToAuthChallenge",
  UserCreation: "AdminConfirmSignUp AdminCreateUser ConfirmSignUp SignUp",
  UserAccountRecovery: "ChangePassword ConfirmForgotPassword ForgotPassword",
  UserRead: "AdminGetUser AdminGetUserAuthFactors GetUser GetUserAuthFactors",
  UserUpdate:
    "AdminAddUserToGroup AdminDeleteUser AdminDeleteUserAttributes AdminDisableProviderForUser AdminDisableUser AdminEnableUser AdminLinkProviderForUser AdminRemoveUserFromGroup AdminResetUserPassword AdminSetUserPassword AdminUpdateUserAttributes AdminUserGlobalSignOut DeleteUser DeleteUserAttributes GlobalSignOut UpdateUserAttributes VerifyUserAttribute AdminRevokeUserSession RevokeUserSession",
  UserToken: "GetTokensFromRefreshToken RevokeToken",
  UserResourceRead:
    "AdminGetDevice AdminListDevices AdminListGroupsForUser AdminListUserAuthEvents AdminListUserSessions GetDevice GetUserAttributeVerificationCode ListDevices ListUserSessions ListWebAuthnCredentials ResendConfirmationCode",
  UserResourceUpdate:
    "AdminDeleteSoftwareToken AdminForgetDevice AdminSetUserMFAPreference AdminSetUserSettings AdminUpdateAuthEventFeedback AdminUpdateDeviceStatus AssociateSoftwareToken CompleteWebAuthnRegistration ConfirmDevice DeleteWebAuthnCredential ForgetDevice SetUserMFAPreference SetUserSettings StartWebAuthnRegistration UpdateAuthEventFeedback UpdateDeviceStatus VerifySoftwareToken",
  UserList: "ListUsers ListUsersInGroup",
  UserPoolRead: "DescribeUserPool ListUserPools",
  UserPoolUpdate: "CreateUserPool DeleteUserPool UpdateUserPool",
  UserPoolResourceRead:
    "DescribeIdentityProvider DescribeManagedLoginBranding DescribeManagedLoginBrandingByClient DescribeResourceServer DescribeRiskConfiguration DescribeTerms DescribeTermsByClient DescribeUserImportJob DescribeUserPoolDomain GetCSVHeader GetGroup GetIdentityProviderByIdentifier GetLogDeliveryConfiguration GetSigningCertificate GetUICustomization GetUserPoolClientSessionConfiguration GetUserPoolMfaConfig GetUserPoolSessionConfiguration ListGroups ListIdentityProviders ListResourceServers ListTagsForResource ListTerms ListUserImportJobs ListUserPoolReplicas",
  UserPoolResourceUpdate:
    "AddCustomAttributes CreateGroup CreateIdentityProvider CreateManagedLoginBranding CreateResourceServer CreateTerms CreateUserImportJob CreateUserPoolDomain CreateUserPoolReplica DeleteGroup DeleteIdentityProvider DeleteManagedLoginBranding DeleteResourceServer DeleteTerms DeleteUserPoolDomain DeleteUserPoolReplica SetLogDeliveryConfiguration SetRiskConfiguration SetUICustomization SetUserPoolClientSessionConfiguration SetUserPoolMfaConfig SetUserPoolSessionConfiguration StartUserImportJob StopUserImportJob TagResource UntagResource UpdateGroup UpdateIdentityProvider UpdateManagedLoginBranding UpdateResourceServer UpdateTerms UpdateUserPoolDomain UpdateUserPoolReplica",
  UserPoolClientRead: "DescribeUserPoolClient ListUserPoolClientSecrets ListUserPoolClients",
  UserPoolClientUpdate:
    "AddUserPoolClientSecret CreateUserPoolClient DeleteUserPoolClient DeleteUserPoolClientSecret UpdateUserPoolClient",
  ClientAuthentication: "GetClientToken",
  LimitManagement: "GetProvisionedLimit UpdateProvisionedLimit",
};

const CATEGORY_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(OPERATIONS).flatMap(([category, names]) =>
    names.split(" ").map((name) => [name, category] as const),
  ),
);

/** Undefined for an operation that no category counts. */
export function categoryOf(operation: string): string | undefined {
  return CATEGORY_OF.get(operation);
}
