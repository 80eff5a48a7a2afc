import { CreateGroupCommand } from "@aws-sdk/client-cognito-identity-provider";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { FormPage } from "../../components/basics/form-page.tsx";
import {
  emptyGroup,
  GroupFields,
  groupParameters,
  isValidGroup,
} from "../../components/groups/group-form.tsx";
import { useText } from "../../i18n/text.tsx";

export default function CreateGroup({ poolId }: { readonly poolId: string }) {
  const text = useText().groups;
  const show = useFlash();
  const [values, setValues] = useState(emptyGroup);
  return (
    <FormPage
      title={text.create}
      description={text.createDescription}
      submitLabel={text.create}
      cancelHref={paths.groups(poolId)}
      values={values}
      isValid={isValidGroup(values)}
      onSubmit={async () => {
        const { Description, ...parameters } = groupParameters(values);
        await inPool(poolId, (client) =>
          client.send(
            new CreateGroupCommand({
              UserPoolId: poolId,
              ...parameters,
              ...(Description === "" ? {} : { Description }),
            }),
          ),
        );
        show("success", text.created(values.name));
        return paths.groups(poolId);
      }}
    >
      {(wasTried) => <GroupFields values={values} onChange={setValues} wasTried={wasTried} />}
    </FormPage>
  );
}
