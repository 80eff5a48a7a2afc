/** Actions of administrators on one user, which the page of a user and the list of users offer. */
import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUserGlobalSignOutCommand,
  type CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";

export interface ActionTarget {
  readonly UserPoolId: string;
  readonly Username: string;
}

export const adminActions = {
  disable: (client: CognitoIdentityProviderClient, user: ActionTarget) =>
    client.send(new AdminDisableUserCommand(user)),
  enable: (client: CognitoIdentityProviderClient, user: ActionTarget) =>
    client.send(new AdminEnableUserCommand(user)),
  signOut: (client: CognitoIdentityProviderClient, user: ActionTarget) =>
    client.send(new AdminUserGlobalSignOutCommand(user)),
};
