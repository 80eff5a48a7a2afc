import type { AccessKeyRecord } from "../../../storage/index.ts";
import { LimitExceededException } from "../../errors.ts";
import { newAccessKeyId, newSecretAccessKey } from "../../identifiers.ts";
import type { IamOperation } from "../../operation.ts";
import { requireUser, userNameOr } from "../../principals/index.ts";
import { QUOTAS } from "../../quotas.ts";

const { AccessKeysPerUserQuota } = QUOTAS;

/**
 * Creates an access key. Its secret is returned only here.
 *
 * @throws NoSuchEntityException
 * @throws LimitExceededException the user has two
 */
export const createAccessKey: IamOperation<"CreateAccessKey"> = async (input, context) => {
  const { directory, accountId, clock, random } = context;
  const userName = userNameOr(input.UserName, context);
  const made = {
    id: newAccessKeyId("AKIA", random),
    secret: newSecretAccessKey(random),
    createdAt: clock.now(),
  };
  const key = await directory.change(async (iam) => {
    const user = await requireUser(iam, accountId, userName);
    const present = await iam.accessKeys.listOfUser(accountId, user.name);
    if (present.length >= AccessKeysPerUserQuota) {
      throw new LimitExceededException(
        `Cannot exceed quota for AccessKeysPerUser: ${AccessKeysPerUserQuota}`,
      );
    }
    const record: AccessKeyRecord = { ...made, accountId, userName: user.name, status: "Active" };
    await iam.accessKeys.insert(record);
    return record;
  });
  return {
    AccessKey: {
      UserName: key.userName,
      AccessKeyId: key.id,
      Status: key.status,
      SecretAccessKey: key.secret,
      CreateDate: key.createdAt,
    },
  };
};
