import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Multiselect from "@cloudscape-design/components/multiselect";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { updateAppClient } from "../../api/app-clients.ts";
import { useAppClient } from "../../api/described.ts";
import { type Loaded, useLoad } from "../../api/load.ts";
import { customScopesOf, providerNamesOf } from "../../api/pool-features.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { ReturnUrls } from "../../components/app-clients/return-urls.tsx";
import { Choices } from "../../components/basics/choices.tsx";
import { FormPage } from "../../components/basics/form-page.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { ProblemAlert } from "../../components/basics/problem.tsx";
import { useFormValues } from "../../components/basics/use-form-values.ts";
import { useText } from "../../i18n/text.tsx";
import {
  grantTypes,
  initialLoginPageValues,
  isReturnUrl,
  loginPageChanges,
  loginPageFault,
  loginPageValuesOf,
  standardScopes,
  withGrants,
} from "../../rules/app-clients/login-pages.ts";

interface Props {
  readonly poolId: string;
  readonly clientId: string;
}

export default function EditLoginPages({ poolId, clientId }: Props) {
  const text = useText().clientFeatures.loginPages;
  const client = useAppClient(poolId, clientId);
  const providers = useLoad(["providerNames", poolId], () => providerNamesOf(poolId));
  const scopes = useLoad(["customScopes", poolId], () => customScopesOf(poolId));
  return (
    <Loading loaded={client} title={text.edit}>
      {(loaded) => <LoginPagesForm poolId={poolId} client={loaded} providers={providers} scopes={scopes} />}
    </Loading>
  );
}

interface FormProps {
  readonly poolId: string;
  readonly client: UserPoolClientType;
  /** The choices. Without those that a person is not permitted to see, the rest can be edited. */
  readonly providers: Loaded<readonly string[]>;
  readonly scopes: Loaded<readonly string[]>;
}

function LoginPagesForm({ poolId, client, providers, scopes }: FormProps) {
  const text = useText().clientFeatures.loginPages;
  const pages = useText().loginPages;
  const clients = useText().appClients;
  const common = useText().common;
  const show = useFlash();
  const { values, setValues, change, mergedWith } = useFormValues(() => initialLoginPageValues(client), {
    callbackUrls: pages.callbackUrls,
    signOutUrls: pages.signOutUrls,
    defaultRedirect: text.defaultRedirect,
    providers: text.providers,
    grants: pages.grants,
    scopes: pages.scopes,
  });
  const clientId = client.ClientId ?? "";
  const fault = loginPageFault(values, client.ClientSecret !== undefined);
  const urls = [...values.callbackUrls, ...values.signOutUrls];
  const isCustom = (scope: string) => !standardScopes.includes(scope);
  const customScopes = [...new Set([...(scopes.value ?? []), ...values.scopes.filter(isCustom)])];
  const providerNames = [...new Set([...(providers.value ?? ["COGNITO"]), ...values.providers])];
  // A scope or a provider that no longer exists can only be removed.
  const goneScopes = values.scopes.filter(
    (scope) => isCustom(scope) && scopes.value?.includes(scope) === false,
  );
  const goneProviders = values.providers.filter((name) => providers.value?.includes(name) === false);
  const progressOf = ({ isLoading }: Loaded<unknown>) =>
    isLoading ? ({ statusType: "loading", loadingText: common.loading } as const) : {};
  const goneError = (names: readonly string[]) => names.length > 0 && text.gone(names.join(", "));
  const asOption = (value: string) => ({
    value,
    label: value === "COGNITO" ? text.ownDirectory : value,
  });
  const noDefault = { value: "", label: text.noDefault };
  return (
    <FormPage
      title={text.edit}
      description={pages.description}
      submitLabel={common.saveChanges}
      cancelHref={paths.appClient(poolId, clientId, "login-pages")}
      values={values}
      isValid={
        urls.every(isReturnUrl) &&
        fault === undefined &&
        goneScopes.length === 0 &&
        goneProviders.length === 0
      }
      onSubmit={async () => {
        await updateAppClient(client, (current) => loginPageChanges(mergedWith(loginPageValuesOf(current))));
        show("success", clients.saved(client.ClientName ?? ""));
        return paths.appClient(poolId, clientId, "login-pages");
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="l">
          <Container header={<Header>{text.urls}</Header>}>
            <SpaceBetween size="l">
              <ReturnUrls
                title={pages.callbackUrls}
                label={text.callback}
                addLabel={text.addCallback}
                urls={values.callbackUrls}
                onChange={(callbackUrls) => change({ callbackUrls })}
              />
              <FormField label={text.defaultRedirect}>
                <Select
                  selectedOption={
                    values.callbackUrls.includes(values.defaultRedirect)
                      ? { value: values.defaultRedirect, label: values.defaultRedirect }
                      : noDefault
                  }
                  options={[
                    noDefault,
                    ...values.callbackUrls
                      .filter((url) => url !== "")
                      .map((value) => ({ value, label: value })),
                  ]}
                  onChange={({ detail }) => change({ defaultRedirect: detail.selectedOption.value ?? "" })}
                />
              </FormField>
              <ReturnUrls
                title={pages.signOutUrls}
                label={text.signOut}
                addLabel={text.addSignOut}
                urls={values.signOutUrls}
                onChange={(signOutUrls) => change({ signOutUrls })}
              />
            </SpaceBetween>
          </Container>
          <Container header={<Header>{text.signInAndTokens}</Header>}>
            <SpaceBetween size="l">
              <ProblemAlert error={providers.error} onRetry={providers.reload} />
              <FormField
                label={text.providers}
                description={text.providersHint}
                errorText={goneError(goneProviders)}
                warningText={providers.error !== undefined && text.choicesMissing}
              >
                <Multiselect
                  {...progressOf(providers)}
                  options={providerNames.map(asOption)}
                  selectedOptions={values.providers.map(asOption)}
                  onChange={({ detail }) =>
                    change({ providers: detail.selectedOptions.map(({ value = "" }) => value) })
                  }
                />
              </FormField>
              <FormField label={pages.grants}>
                <Choices
                  values={grantTypes}
                  chosen={values.grants}
                  nameOf={(grant) => pages.grantTypes[grant]}
                  onChange={(grants) => setValues(withGrants(values, grants))}
                />
              </FormField>
              {values.grants.length === 0 && <Alert type="info">{text.noGrant}</Alert>}
              {wasTried && fault !== undefined && <Alert type="error">{text[fault]}</Alert>}
              <FormField label={pages.scopes}>
                <Choices
                  values={standardScopes}
                  chosen={values.scopes}
                  nameOf={(scope) => <span className="monospace">{scope}</span>}
                  onChange={(scopes) =>
                    change({
                      scopes: [...scopes, ...values.scopes.filter((one) => customScopes.includes(one))],
                    })
                  }
                />
              </FormField>
              <ProblemAlert error={scopes.error} onRetry={scopes.reload} />
              <FormField
                label={text.customScopes}
                description={text.customScopesHint}
                errorText={goneError(goneScopes)}
                warningText={scopes.error !== undefined && text.choicesMissing}
              >
                <Multiselect
                  {...progressOf(scopes)}
                  options={customScopes.map((value) => ({ value, label: value }))}
                  selectedOptions={values.scopes
                    .filter((scope) => customScopes.includes(scope))
                    .map((value) => ({ value, label: value }))}
                  placeholder={text.chooseScopes}
                  empty={scopes.value && text.noCustomScopes}
                  onChange={({ detail }) =>
                    change({
                      scopes: [
                        ...values.scopes.filter((scope) => standardScopes.includes(scope)),
                        ...detail.selectedOptions.map(({ value = "" }) => value),
                      ],
                    })
                  }
                />
              </FormField>
            </SpaceBetween>
          </Container>
        </SpaceBetween>
      )}
    </FormPage>
  );
}
