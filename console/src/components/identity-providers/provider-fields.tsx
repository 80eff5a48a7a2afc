import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import Toggle from "@cloudscape-design/components/toggle";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  type AttributeMapping,
  type DetailName,
  detailsOf,
  emptyProvider,
  isHalf,
  isMissing,
  isWrongName,
  mappableAttributes,
  type ProviderType,
  type ProviderValues,
  providerTypes,
} from "../../rules/identity-providers/identity-provider.ts";
import { Optional } from "../basics/optional.tsx";
import { SecretInput } from "../basics/secret-input.tsx";
import { ProviderLevels } from "./provider-levels.tsx";
import { SamlFields } from "./saml-fields.tsx";

interface Props {
  readonly values: ProviderValues;
  readonly onChange: (values: ProviderValues) => void;
  readonly wasTried: boolean;
  /** Whether type and name are still to be chosen. */
  readonly isNew: boolean;
}

export function ProviderFields({ values, onChange, wasTried, isNew }: Props) {
  const text = useText().providers;
  const change = (changes: Partial<ProviderValues>) => onChange({ ...values, ...changes });
  const hasOwnName = values.type === "SAML" || values.type === "OIDC";
  return (
    <SpaceBetween size="l">
      <Container header={<Header>{text.information}</Header>}>
        <SpaceBetween size="l">
          {isNew && (
            <FormField label={text.type}>
              <RadioGroup
                value={values.type}
                items={providerTypes.map((type) => ({ value: type, label: text.types[type] }))}
                onChange={({ detail }) => onChange(emptyProvider(detail.value as ProviderType))}
              />
            </FormField>
          )}
          {isNew && hasOwnName && (
            <FormField
              label={text.name}
              description={text.nameHint}
              errorText={wasTried && isWrongName(values) ? text.nameFault : undefined}
            >
              <Input
                value={values.name}
                autoComplete={false}
                onChange={({ detail }) => change({ name: detail.value })}
              />
            </FormField>
          )}
          {values.type === "SAML" ? (
            <SamlFields values={values.saml} wasTried={wasTried} onChange={(saml) => change({ saml })} />
          ) : (
            <Details values={values} wasTried={wasTried} onChange={change} />
          )}
          {hasOwnName && (
            <FormField label={<Optional label={text.identifiers} />} description={text.identifiersHint}>
              <Input
                value={values.identifiers}
                autoComplete={false}
                onChange={({ detail }) => change({ identifiers: detail.value })}
              />
            </FormField>
          )}
        </SpaceBetween>
      </Container>
      <Mapping mapping={values.mapping} wasTried={wasTried} onChange={(mapping) => change({ mapping })} />
      {values.type === "OIDC" && (
        <ProviderLevels levels={values.levels} onChange={(levels) => change({ levels })} />
      )}
    </SpaceBetween>
  );
}

interface MappingProps {
  readonly mapping: ProviderValues["mapping"];
  readonly wasTried: boolean;
  readonly onChange: (mapping: ProviderValues["mapping"]) => void;
}

function Mapping({ mapping, wasTried, onChange }: MappingProps) {
  const text = useText().providers;
  const { pool } = usePool();
  const taken = new Set(mapping.map(({ attribute }) => attribute));
  const free = mappableAttributes(pool.SchemaAttributes).filter((name) => !taken.has(name));
  const change = (index: number, changes: Partial<AttributeMapping>) =>
    onChange(mapping.map((other, at) => (at === index ? { ...other, ...changes } : other)));
  const faultOf = (item: AttributeMapping, part: keyof AttributeMapping) =>
    wasTried && isHalf(item) && item[part] === "" ? text.mappingFaults[part] : undefined;
  return (
    <Container header={<Header description={text.mappingHint}>{text.mapping}</Header>}>
      <AttributeEditor
        items={mapping}
        addButtonText={text.addMapping}
        removeButtonText={text.removeMapping}
        removeButtonAriaLabel={({ attribute }) => text.removeMappingOf(attribute)}
        empty={text.noMapping}
        onAddButtonClick={() => onChange([...mapping, { attribute: "", claim: "" }])}
        onRemoveButtonClick={({ detail }) =>
          onChange(mapping.filter((_, index) => index !== detail.itemIndex))
        }
        definition={[
          {
            label: text.attribute,
            errorText: (item) => faultOf(item, "attribute"),
            control: ({ attribute }, index) => (
              <Select
                selectedOption={attribute === "" ? null : { value: attribute }}
                options={[...(attribute === "" ? [] : [attribute]), ...free].map((value) => ({ value }))}
                placeholder={text.chooseAttribute}
                filteringType="auto"
                filteringAriaLabel={text.findAttribute}
                onChange={({ detail }) => change(index, { attribute: detail.selectedOption.value ?? "" })}
              />
            ),
          },
          {
            label: text.claim,
            errorText: (item) => faultOf(item, "claim"),
            control: ({ claim }, index) => (
              <Input
                value={claim}
                autoComplete={false}
                spellcheck={false}
                onChange={({ detail }) => change(index, { claim: detail.value })}
              />
            ),
          },
        ]}
      />
    </Container>
  );
}

interface DetailsProps {
  readonly values: ProviderValues;
  readonly wasTried: boolean;
  readonly onChange: (changes: Partial<ProviderValues>) => void;
}

const ENDPOINTS: ReadonlySet<DetailName> = new Set([
  "authorize_url",
  "token_url",
  "attributes_url",
  "jwks_uri",
]);

function Details({ values, wasTried, onChange }: DetailsProps) {
  const text = useText().providers;
  const set = (name: DetailName, value: string) =>
    onChange({ details: { ...values.details, [name]: value } });
  return (
    <SpaceBetween size="l">
      {detailsOf[values.type].map((detail) => {
        const { name } = detail;
        const value = values.details[name] ?? "";
        const label = text.details[name];
        if (name === "require_nonce" || name === "link_by_verified_email") {
          return (
            <Toggle
              key={name}
              checked={value === "true"}
              description={name === "require_nonce" ? text.requireNonceHint : text.linkByEmailHint}
              onChange={({ detail }) => set(name, detail.checked ? "true" : "")}
            >
              {label}
            </Toggle>
          );
        }
        const keyHint = values.stored === undefined ? text.privateKeyHint : text.keepPrivateKeyHint;
        const hint = name === "private_key" ? keyHint : ENDPOINTS.has(name) ? text.endpointHint : undefined;
        return (
          <FormField
            key={name}
            label={detail.isRequired ? label : <Optional label={label} />}
            description={hint}
            errorText={wasTried && isMissing(values, detail) ? text.required : undefined}
          >
            {name === "attributes_request_method" ? (
              <RadioGroup
                value={value}
                items={["GET", "POST"].map((method) => ({ value: method, label: method }))}
                onChange={({ detail }) => set(name, detail.value)}
              />
            ) : name === "client_secret" ? (
              <SecretInput value={value} onChange={(secret) => set(name, secret)} />
            ) : name === "private_key" ? (
              <Textarea value={value} rows={6} onChange={({ detail }) => set(name, detail.value)} />
            ) : (
              <Input value={value} autoComplete={false} onChange={({ detail }) => set(name, detail.value)} />
            )}
          </FormField>
        );
      })}
    </SpaceBetween>
  );
}
