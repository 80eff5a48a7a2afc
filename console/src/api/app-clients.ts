import {
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
  type UpdateUserPoolClientCommandInput,
  type UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import { clientUpdate } from "../rules/app-clients/app-client.ts";
import { differing } from "../rules/differing.ts";
import { inPool } from "./aws.ts";

/**
 * Changes settings of an app client. The operation takes all settings at once: the others, and those of a form that it leaves as
 * they were loaded, stay as they are now. A page may have loaded them long ago.
 */
export function updateAppClient(
  loaded: UserPoolClientType,
  changesOf: (current: UserPoolClientType) => Partial<UpdateUserPoolClientCommandInput>,
): Promise<unknown> {
  const { UserPoolId = "", ClientId = "" } = loaded;
  return inPool(UserPoolId, async (cognito) => {
    const { UserPoolClient = {} } = await cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
    );
    const update = clientUpdate(UserPoolClient, differing(changesOf(UserPoolClient), loaded));
    await cognito.send(new UpdateUserPoolClientCommand(update));
  });
}
