import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState } from "react";
import { useLoad } from "../../api/load.ts";
import {
  allowServiceRole,
  createServiceRole,
  findRoleArn,
  trustServiceRole,
} from "../../api/service-roles.ts";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import type { NewServiceRole } from "../../rules/iam/service-roles.ts";
import { isIamName, isRoleArn } from "../../rules/names.ts";

const ways = ["new", "existing"] as const;

interface Values {
  readonly way: (typeof ways)[number];
  /** Of a new role. */
  readonly name: string;
  /** Of an existing role. */
  readonly arn: string;
}

export interface ServiceRole {
  /** Undefined until it is known whether there is a role of the usual name. */
  readonly values: Values | undefined;
  readonly isLoading: boolean;
  /** What the person has chosen or entered. */
  readonly changes: Partial<Values>;
  readonly change: (changes: Partial<Values>) => void;
  readonly isValid: boolean;
  /** The role's ARN; a new role is made first, once. */
  readonly arnOf: (role: NewServiceRole) => Promise<string>;
}

/**
 * The choice of a role that Cognito assumes: a new one, or one that exists.
 *
 * @param usualName of a new role. Where there is a role of this name, it is proposed, as an earlier use of the form made it.
 *   Undefined while no role is asked for.
 * @param currentArn of the role that is set already; empty for none
 */
export function useServiceRole(usualName: string | undefined, currentArn = ""): ServiceRole {
  const { me } = useSession();
  const isSought = usualName !== undefined && currentArn === "";
  const found = useLoad(["role of name", usualName], isSought ? () => findRoleArn(usualName) : undefined);
  const [changes, setChanges] = useState<Partial<Values>>({});
  const made = useRef(new Map<string, string>());
  const known = found.value?.arn;
  const values: Values | undefined =
    usualName === undefined || (isSought && found.value === undefined && found.error === undefined)
      ? undefined
      : {
          way: currentArn !== "" || known !== undefined ? "existing" : "new",
          name: usualName,
          arn: currentArn || known || `arn:aws:iam::${me.accountId}:role/service-role/${usualName}`,
          ...changes,
        };
  return {
    values,
    isLoading: usualName !== undefined && values === undefined,
    changes,
    change: (more) => setChanges((before) => ({ ...before, ...more })),
    isValid: values !== undefined && (values.way === "new" ? isIamName(values.name) : isRoleArn(values.arn)),
    async arnOf(role) {
      if (values === undefined || values.way === "existing") return values?.arn ?? currentArn;
      const { name } = values;
      // A second try after a later refusal must not make it again, but its policies may have to be others.
      const madeArn = made.current.get(name);
      const newArn = madeArn ?? (await createServiceRole(name, role));
      made.current.set(name, newArn);
      if (madeArn !== undefined) await trustServiceRole(name, role);
      await allowServiceRole(name, role);
      return newArn;
    },
  };
}

interface Props {
  readonly role: ServiceRole;
  readonly label: string;
  readonly hint: string;
  readonly wasTried: boolean;
}

export function ServiceRoleFields({ role, label, hint, wasTried }: Props) {
  const text = useText().serviceRole;
  const iam = useText().iam;
  const common = useText().common;
  const { values, change } = role;
  const isNew = values?.way === "new";
  const entered = (isNew ? values.name : values?.arn) ?? "";
  const shownFault = (fault: string) => {
    if (values === undefined || role.isValid) return undefined;
    if (entered === "") return wasTried ? common.required : undefined;
    return fault;
  };
  return (
    <SpaceBetween size="s">
      <FormField label={label} description={hint}>
        <RadioGroup
          value={values?.way ?? null}
          items={ways.map((value) => ({ value, label: text.ways[value], disabled: values === undefined }))}
          onChange={({ detail }) => change({ way: detail.value === "new" ? "new" : "existing" })}
        />
      </FormField>
      {isNew ? (
        <FormField label={text.name} constraintText={iam.nameRule} errorText={shownFault(iam.nameFault)}>
          <Input
            value={entered}
            autoComplete={false}
            spellcheck={false}
            onChange={({ detail }) => change({ name: detail.value.trim() })}
          />
        </FormField>
      ) : (
        <FormField label={text.arn} errorText={shownFault(text.arnFault)}>
          <Input
            value={entered}
            disabled={values === undefined}
            autoComplete={false}
            spellcheck={false}
            onChange={({ detail }) => change({ arn: detail.value.trim() })}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}
