import Link from "@cloudscape-design/components/link";
import { useAppClient } from "../../api/described.ts";
import { paths } from "../../app/paths.ts";

interface Props {
  readonly poolId: string;
  readonly clientId: string;
}

/** A link to an app client by its name, or by its ID while the name is loaded and if the client was deleted. */
export function ClientLink({ poolId, clientId }: Props) {
  const { value } = useAppClient(poolId, clientId);
  return <Link href={paths.appClient(poolId, clientId)}>{value?.ClientName ?? clientId}</Link>;
}
