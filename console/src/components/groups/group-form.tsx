import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useText } from "../../i18n/text.tsx";
import { isGroupName, isRoleArn, isWholeNumber } from "../../rules/names.ts";
import { Optional } from "../basics/optional.tsx";

export interface GroupValues {
  readonly name: string;
  readonly description: string;
  readonly roleArn: string;
  readonly precedence: string;
}

export const emptyGroup: GroupValues = { name: "", description: "", roleArn: "", precedence: "" };

const MAX_DESCRIPTION_LENGTH = 2048;
const HIGHEST_PRECEDENCE = 2_147_483_647;

/** Which fields are not as they have to be. */
export function groupFaults({ name, description, roleArn, precedence }: GroupValues) {
  return {
    name: !isGroupName(name),
    description: description.length > MAX_DESCRIPTION_LENGTH,
    roleArn: roleArn !== "" && !isRoleArn(roleArn),
    precedence: precedence !== "" && !isWholeNumber(precedence, 0, HIGHEST_PRECEDENCE),
  };
}

/** The same as CreateGroup and UpdateGroup take it. */
export function groupParameters(values: GroupValues) {
  return {
    GroupName: values.name,
    Description: values.description,
    ...(values.roleArn === "" ? {} : { RoleArn: values.roleArn }),
    ...(values.precedence === "" ? {} : { Precedence: Number(values.precedence) }),
  };
}

interface Props {
  readonly values: GroupValues;
  readonly onChange: (values: GroupValues) => void;
  readonly wasTried: boolean;
  /** A group keeps its name. */
  readonly isNameFixed?: boolean;
}

export function GroupFields({ values, onChange, wasTried, isNameFixed = false }: Props) {
  const text = useText().groups;
  const faults = groupFaults(values);
  const change = (changes: Partial<GroupValues>) => onChange({ ...values, ...changes });
  return (
    <Container header={<Header>{text.information}</Header>}>
      <SpaceBetween size="l">
        <FormField
          label={text.name}
          constraintText={text.nameRule}
          errorText={faults.name && (wasTried || values.name !== "") ? text.nameFault : undefined}
        >
          <Input
            value={values.name}
            disabled={isNameFixed}
            autoComplete={false}
            onChange={({ detail }) => change({ name: detail.value })}
          />
        </FormField>
        <FormField
          label={<Optional label={text.description} />}
          errorText={faults.description ? text.descriptionFault : undefined}
        >
          <Textarea
            value={values.description}
            rows={3}
            onChange={({ detail }) => change({ description: detail.value })}
          />
        </FormField>
        <FormField
          label={<Optional label={text.role} />}
          description={text.roleHint}
          errorText={faults.roleArn ? text.roleFault : undefined}
        >
          <Input
            value={values.roleArn}
            placeholder="arn:aws:iam::123456789012:role/name"
            autoComplete={false}
            onChange={({ detail }) => change({ roleArn: detail.value })}
          />
        </FormField>
        <FormField
          label={<Optional label={text.precedence} />}
          description={text.precedenceHint}
          errorText={faults.precedence ? text.precedenceFault : undefined}
        >
          <Input
            value={values.precedence}
            inputMode="numeric"
            autoComplete={false}
            onChange={({ detail }) => change({ precedence: detail.value })}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}
