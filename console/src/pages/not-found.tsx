import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { paths } from "../app/paths.ts";
import { PageHeader } from "../components/basics/page-header.tsx";
import { useText } from "../i18n/text.tsx";

export default function NotFound() {
  const text = useText().common;
  return (
    <>
      <PageHeader title={text.notFoundTitle} />
      <Box variant="p" padding={{ bottom: "m" }}>
        {text.notFound}
      </Box>
      <Button href={paths.userPools}>{text.toUserPools}</Button>
    </>
  );
}
