import {
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
  type UpdateUserPoolClientCommandInput,
  type UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import { clientUpdate } from "../rules/app-clients/app-client.ts";
import { inPool } from "./aws.ts";

/**
 * Changes settings of an app client. The operation takes all settings at once: the others stay as they are now, not as a page
 * loaded them, which may be long ago.
 */
export function updateAppClient(
  { UserPoolId = "", ClientId = "" }: UserPoolClientType,
  changesOf: (current: UserPoolClientType) => Partial<UpdateUserPoolClientCommandInput>,
): Promise<unknown> {
  return inPool(UserPoolId, async (cognito) => {
    const { UserPoolClient = {} } = await cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
    );
    const update = clientUpdate(UserPoolClient, changesOf(UserPoolClient));
    await cognito.send(new UpdateUserPoolClientCommand(update));
  });
}
