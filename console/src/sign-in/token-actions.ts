import {
  type AuthenticationResultType,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { exchange, type Listener, type SignInTarget } from "./exchange.ts";

/** A refresh token is bound to the device of its sign-in. */
function deviceKeyOf({ device }: SignInTarget, { NewDeviceMetadata }: AuthenticationResultType) {
  const DeviceKey = NewDeviceMetadata?.DeviceKey ?? device?.key;
  return DeviceKey === undefined ? {} : { DeviceKey };
}

/** The operations that take tokens. Each returns newer tokens, or nothing. */
export const tokenActions = {
  async getUser(target: SignInTarget, tokens: AuthenticationResultType, tell: Listener) {
    const request = { AccessToken: tokens.AccessToken };
    await exchange(
      target.poolId,
      "GetUser",
      request,
      (client) => client.send(new GetUserCommand(request)),
      tell,
    );
  },

  async refresh(target: SignInTarget, tokens: AuthenticationResultType, tell: Listener) {
    const request = {
      ClientId: target.clientId,
      RefreshToken: tokens.RefreshToken,
      ...deviceKeyOf(target, tokens),
      ...(target.clientSecret === undefined ? {} : { ClientSecret: target.clientSecret }),
    };
    const { AuthenticationResult } = await exchange(
      target.poolId,
      "GetTokensFromRefreshToken",
      request,
      (client) => client.send(new GetTokensFromRefreshTokenCommand(request)),
      tell,
    );
    return { ...tokens, ...AuthenticationResult };
  },

  async revoke(target: SignInTarget, tokens: AuthenticationResultType, tell: Listener) {
    const request = {
      ClientId: target.clientId,
      Token: tokens.RefreshToken,
      ...(target.clientSecret === undefined ? {} : { ClientSecret: target.clientSecret }),
    };
    await exchange(
      target.poolId,
      "RevokeToken",
      request,
      (client) => client.send(new RevokeTokenCommand(request)),
      tell,
    );
  },

  async globalSignOut(target: SignInTarget, tokens: AuthenticationResultType, tell: Listener) {
    const request = { AccessToken: tokens.AccessToken };
    await exchange(
      target.poolId,
      "GlobalSignOut",
      request,
      (client) => client.send(new GlobalSignOutCommand(request)),
      tell,
    );
  },
};

export type TokenAction = keyof typeof tokenActions;
