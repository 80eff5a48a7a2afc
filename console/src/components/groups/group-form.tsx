import type { GroupType } from "@aws-sdk/client-cognito-identity-provider";
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

export function groupValuesOf({ GroupName, Description, RoleArn, Precedence }: GroupType): GroupValues {
  return {
    name: GroupName ?? "",
    description: Description ?? "",
    roleArn: RoleArn ?? "",
    precedence: Precedence === undefined ? "" : String(Precedence),
  };
}

const MAX_DESCRIPTION_LENGTH = 2048;
const HIGHEST_PRECEDENCE = 2_147_483_647;

type Fault = "malformed" | "emptied";

/**
 * Which fields are not as they have to be.
 *
 * @param before the values of a group that is edited: UpdateGroup can replace them, but not remove them
 */
export function groupFaults(values: GroupValues, before: GroupValues = emptyGroup) {
  const { name, description, roleArn, precedence } = values;
  const faultOf = (field: keyof GroupValues, isMalformed: boolean): Fault | undefined => {
    if (values[field] === "" && before[field] !== "") return "emptied";
    return isMalformed ? "malformed" : undefined;
  };
  return {
    name: faultOf("name", !isGroupName(name)),
    description: faultOf("description", description.length > MAX_DESCRIPTION_LENGTH),
    roleArn: faultOf("roleArn", roleArn !== "" && !isRoleArn(roleArn)),
    precedence: faultOf("precedence", precedence !== "" && !isWholeNumber(precedence, 0, HIGHEST_PRECEDENCE)),
  };
}

export function isValidGroup(values: GroupValues, before?: GroupValues): boolean {
  return Object.values(groupFaults(values, before)).every((fault) => fault === undefined);
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
  /** The values of a group that is edited. It keeps its name. */
  readonly before?: GroupValues;
}

export function GroupFields({ values, onChange, wasTried, before }: Props) {
  const text = useText().groups;
  const faults = groupFaults(values, before);
  const errorText = (fault: Fault | undefined, malformed: string) =>
    fault && (fault === "emptied" ? text.emptiedFault : malformed);
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
            disabled={before !== undefined}
            autoComplete={false}
            onChange={({ detail }) => change({ name: detail.value })}
          />
        </FormField>
        <FormField
          label={<Optional label={text.description} />}
          errorText={errorText(faults.description, text.descriptionFault)}
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
          errorText={errorText(faults.roleArn, text.roleFault)}
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
          errorText={errorText(faults.precedence, text.precedenceFault)}
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
