import { deleteIdentityProvider } from "../../api/identity-providers.ts";
import { useText } from "../../i18n/text.tsx";
import { DeleteDialog } from "../lists/delete-dialog.tsx";
import type { DeleteAnswers } from "../lists/list-page.tsx";

interface Props extends DeleteAnswers {
  readonly poolId: string;
  readonly providerName: string;
}

export function DeleteProviderDialog({ poolId, providerName, ...answers }: Props) {
  const text = useText().providers;
  return (
    <DeleteDialog
      title={text.deleteTitle}
      question={text.deleteQuestion(providerName)}
      deleted={text.deleted(providerName)}
      onDelete={() => deleteIdentityProvider(poolId, providerName)}
      {...answers}
    />
  );
}
