import {
  CreateTermsCommand,
  DescribeTermsCommand,
  type TermsType,
  UpdateTermsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  isTermsUrl,
  languageName,
  type TermsLink,
  type TermsName,
  termsLanguages,
  termsLinksOf,
  termsNames,
} from "../../rules/pools/pool-features.ts";
import { ActionDialog } from "../basics/confirm.tsx";
import { useMerge } from "../basics/use-form-values.ts";
import type { ClientChoice } from "./terms-documents.tsx";

interface Props {
  readonly poolId: string;
  readonly clients: readonly ClientChoice[];
  /** All that there are: an app client has one of each kind. */
  readonly existing: readonly TermsType[];
  /** The terms that are changed; undefined for new ones. */
  readonly before: TermsType | undefined;
  readonly onDismiss: () => void;
  readonly onSaved: () => void;
}

interface Values {
  readonly clientId: string;
  readonly name: TermsName;
  readonly links: readonly TermsLink[];
}

const changeableOf = ({ name, links }: Values) => ({
  TermsName: name,
  Links: Object.fromEntries(links.map(({ language, url }) => [language, url])),
});

const savedOf = (terms: TermsType | undefined) => ({
  TermsName: terms?.TermsName as TermsName,
  Links: terms?.Links ?? {},
});

export function TermsDialog({ poolId, clients, existing, before, onDismiss, onSaved }: Props) {
  const text = useText().poolFeatures.terms;
  const common = useText().common;
  const show = useFlash();
  const isTaken = (ofClient: string, kind: TermsName) =>
    existing.some(
      ({ TermsId, TermsName, ClientId }) =>
        TermsId !== before?.TermsId && ClientId === ofClient && TermsName === kind,
    );
  const [values, setValues] = useState<Values>(() => {
    if (before)
      return {
        clientId: before.ClientId ?? "",
        name: before.TermsName as TermsName,
        links: termsLinksOf(before),
      };
    const places = clients.flatMap(({ value }) =>
      termsNames.map((kind) => ({ clientId: value, name: kind })),
    );
    const free = places.find((place) => !isTaken(place.clientId, place.name));
    const place = free ?? places[0] ?? { clientId: "", name: "terms-of-use" as const };
    return { ...place, links: [{ language: "cognito:default", url: "" }] };
  });
  const { clientId, name, links } = values;
  const merge = useMerge(
    savedOf(before),
    ([field, language]) =>
      field === "TermsName" || language === undefined
        ? text.name
        : languageName(language, text.defaultLanguage),
    (withSaved) =>
      setValues((current) => {
        const { TermsName, Links } = withSaved(changeableOf(current));
        return { ...current, name: TermsName, links: termsLinksOf({ Links }) };
      }),
  );
  const client = clients.find(({ value }) => value === clientId) ?? { value: clientId, label: clientId };
  const names = links.map(({ language }) => language);
  const isTwice = (language: string) => names.filter((other) => other === language).length > 1;
  const hasDefault = names.includes("cognito:default");
  const isValid =
    hasDefault &&
    links.every(({ language, url }) => isTermsUrl(url) && !isTwice(language)) &&
    clientId !== "" &&
    !isTaken(clientId, name);
  const change = (changes: Partial<Values>) => setValues({ ...values, ...changes });
  const changeLink = (index: number, changes: Partial<TermsLink>) =>
    change({ links: links.map((link, other) => (other === index ? { ...link, ...changes } : link)) });
  const languageOption = (value: string) => ({ value, label: languageName(value, text.defaultLanguage) });
  const free = termsLanguages.filter((language) => !names.includes(language));
  return (
    <ActionDialog
      title={before === undefined ? text.create : text.edit}
      size="large"
      confirmLabel={before === undefined ? text.create : common.saveChanges}
      values={values}
      isValid={isValid}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const own = changeableOf(values);
        await inPool(poolId, async (cognito) => {
          if (before === undefined) {
            const kind = { TermsSource: "LINK", Enforcement: "NONE" } as const;
            await cognito.send(
              new CreateTermsCommand({ UserPoolId: poolId, ClientId: clientId, ...kind, ...own }),
            );
          } else {
            // The operation takes all links at once: those that were not changed here stay as they are now.
            const ids = { UserPoolId: poolId, TermsId: before.TermsId };
            const { Terms = before } = await cognito.send(new DescribeTermsCommand(ids));
            const merged = merge(own, savedOf(Terms));
            await cognito.send(new UpdateTermsCommand({ ...ids, ...merged }));
          }
        });
        show("success", before === undefined ? text.created : text.saved);
        onSaved();
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          <FormField
            label={text.name}
            errorText={isTaken(clientId, name) ? text.taken(client.label) : undefined}
          >
            <Select
              selectedOption={{ value: name, label: text.names[name] }}
              options={termsNames.map((value) => ({ value, label: text.names[value] }))}
              onChange={({ detail }) =>
                change({
                  name: termsNames.find((kind) => kind === detail.selectedOption.value) ?? name,
                })
              }
            />
          </FormField>
          <FormField
            label={text.client}
            errorText={wasTried && clientId === "" ? common.required : undefined}
          >
            <Select
              selectedOption={client}
              options={clients}
              disabled={before !== undefined}
              onChange={({ detail }) => change({ clientId: detail.selectedOption.value ?? clientId })}
            />
          </FormField>
          <FormField label={text.links} errorText={hasDefault ? undefined : text.needsDefault} stretch>
            <AttributeEditor
              items={links}
              addButtonText={text.addLink}
              removeButtonText={text.removeLink}
              removeButtonAriaLabel={({ language }) =>
                `${text.removeLink}: ${languageOption(language).label}`
              }
              disableAddButton={free.length === 0}
              onAddButtonClick={() => change({ links: [...links, { language: free[0] ?? "", url: "" }] })}
              onRemoveButtonClick={({ detail }) =>
                change({ links: links.filter((_link, index) => index !== detail.itemIndex) })
              }
              definition={[
                {
                  label: text.language,
                  control: ({ language }, index) => (
                    <Select
                      ariaLabel={text.language}
                      selectedOption={languageOption(language)}
                      options={termsLanguages.map(languageOption)}
                      onChange={({ detail }) =>
                        changeLink(index, { language: detail.selectedOption.value ?? "" })
                      }
                    />
                  ),
                  errorText: ({ language }) => (isTwice(language) ? text.twice : undefined),
                },
                {
                  label: text.url,
                  control: ({ url }, index) => (
                    <Input
                      ariaLabel={text.url}
                      value={url}
                      placeholder="https://example.com/terms"
                      autoComplete={false}
                      spellcheck={false}
                      onChange={({ detail }) => changeLink(index, { url: detail.value.trim() })}
                    />
                  ),
                  errorText: ({ url }) =>
                    isTermsUrl(url) || (url === "" && !wasTried) ? undefined : text.urlFault,
                },
              ]}
            />
          </FormField>
        </SpaceBetween>
      )}
    </ActionDialog>
  );
}
