import { type GroupType, UpdateGroupCommand } from "@aws-sdk/client-cognito-identity-provider";
import { inPool } from "../../api/aws.ts";
import { describeGroup, useGroup } from "../../api/described.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { FormPage } from "../../components/basics/form-page.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { useFormValues } from "../../components/basics/use-form-values.ts";
import {
  GroupFields,
  groupParameters,
  groupValuesOf,
  isValidGroup,
} from "../../components/groups/group-form.tsx";
import { useText } from "../../i18n/text.tsx";
import { differing } from "../../rules/differing.ts";

interface Props {
  readonly poolId: string;
  readonly groupName: string;
}

export default function EditGroup({ poolId, groupName }: Props) {
  const text = useText().groups;
  return (
    <Loading loaded={useGroup(poolId, groupName)} title={text.edit}>
      {(group) => <EditForm poolId={poolId} group={group} />}
    </Loading>
  );
}

function EditForm({ poolId, group }: { readonly poolId: string; readonly group: GroupType }) {
  const text = useText().groups;
  const common = useText().common;
  const show = useFlash();
  const { GroupName = "" } = group;
  const { values, setValues, before, mergedWith } = useFormValues(() => groupValuesOf(group), {
    name: text.name,
    description: text.description,
    roleArn: text.role,
    precedence: text.precedence,
  });
  return (
    <FormPage
      title={text.edit}
      submitLabel={common.saveChanges}
      cancelHref={paths.group(poolId, GroupName)}
      values={values}
      isValid={isValidGroup(values, before)}
      onSubmit={async () => {
        // What is left out stays as it is now.
        const now = groupValuesOf(await describeGroup(poolId, GroupName));
        const changes = differing(groupParameters(mergedWith(now)), groupParameters(now));
        await inPool(poolId, (client) =>
          client.send(new UpdateGroupCommand({ UserPoolId: poolId, GroupName, ...changes })),
        );
        show("success", text.saved(GroupName));
        return paths.group(poolId, GroupName);
      }}
    >
      {(wasTried) => <GroupFields values={values} onChange={setValues} wasTried={wasTried} before={before} />}
    </FormPage>
  );
}
