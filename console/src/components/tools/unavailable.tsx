import Alert from "@cloudscape-design/components/alert";
import ContentLayout from "@cloudscape-design/components/content-layout";
import { PageHeader } from "../basics/page-header.tsx";

/** In place of a development tool that this server does not have: why it has none. */
export function Unavailable({ title, children }: { readonly title: string; readonly children: string }) {
  return (
    <ContentLayout header={<PageHeader title={title} />}>
      <Alert type="info">{children}</Alert>
    </ContentLayout>
  );
}
