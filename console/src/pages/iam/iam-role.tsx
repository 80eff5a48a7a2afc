import type { Role } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { loadIamRole } from "../../api/iam.ts";
import { useLoad } from "../../api/load.ts";
import { paths } from "../../app/paths.ts";
import { useNavigation } from "../../app/router.tsx";
import { useSession } from "../../app/session.tsx";
import { Code } from "../../components/basics/code.tsx";
import { Copyable } from "../../components/basics/copyable.tsx";
import { KeyValues } from "../../components/basics/key-values.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { Time } from "../../components/basics/time.tsx";
import { WrittenText } from "../../components/basics/written-text.tsx";
import { AttachedPolicies } from "../../components/iam/attached-policies.tsx";
import { DeleteIamRoleDialog } from "../../components/iam/delete-iam.tsx";
import { TrustPolicy } from "../../components/iam/trust-policy.tsx";
import { useText } from "../../i18n/text.tsx";
import { roleConfig } from "../../rules/iam/aws-profile.ts";

export default function IamRole({ roleName }: { readonly roleName: string }) {
  const text = useText().iam;
  const { me } = useSession();
  const { navigate } = useNavigation();
  const [isDeleting, setDeleting] = useState(false);
  const loaded = useLoad(["iamRole", roleName], () => loadIamRole(roleName));
  return (
    <ContentLayout
      header={
        <PageHeader
          title={roleName}
          actions={<Button onClick={() => setDeleting(true)}>{text.deleteRole}</Button>}
        />
      }
    >
      <Loading loaded={loaded}>
        {(role) => (
          <SpaceBetween size="l">
            <RoleInformation role={role} />
            <AttachedPolicies holder={{ kind: "role", name: roleName }} />
            <TrustPolicy role={role} onChanged={loaded.reload} />
            <Container header={<Header description={text.roleProfileHint}>{text.profile}</Header>}>
              <Code label={text.profile}>
                {roleConfig({
                  profile: roleName,
                  region: me.region,
                  endpoint: me.endpoint,
                  roleArn: role.Arn ?? "",
                })}
              </Code>
            </Container>
          </SpaceBetween>
        )}
      </Loading>
      {isDeleting && (
        <DeleteIamRoleDialog
          roleName={roleName}
          onDismiss={() => setDeleting(false)}
          onDeleted={() => navigate(paths.iamRoles)}
        />
      )}
    </ContentLayout>
  );
}

function RoleInformation({ role }: { readonly role: Role }) {
  const text = useText().iam;
  const common = useText().common;
  return (
    <Container header={<Header>{text.information}</Header>}>
      <KeyValues
        columns={2}
        items={[
          { label: text.arn, value: <Copyable value={role.Arn ?? ""} label={text.arn} /> },
          { label: text.uniqueId, value: role.RoleId ?? "" },
          { label: text.description, value: <WrittenText>{role.Description || "–"}</WrittenText> },
          { label: text.longestSession, value: text.hours((role.MaxSessionDuration ?? 3600) / 3600) },
          { label: common.created, value: <Time at={role.CreateDate} /> },
        ]}
      />
    </Container>
  );
}
