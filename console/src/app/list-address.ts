import type { Position } from "../api/pages.ts";
import { useAddressState } from "./router.tsx";

/** The page and search of a list, kept in the address so that Back returns to it. */
export function useListAddress<Extra extends Readonly<Record<string, string>>>(extra: Extra) {
  const [values, change] = useAddressState<Extra & { readonly page: string; readonly search: string }>({
    ...extra,
    page: "1",
    search: "",
  });
  const pageNumber = /^[1-9]\d{0,8}$/.test(values.page) ? Number(values.page) : 1;
  const position: Position = [pageNumber, (page) => change({ page: String(page) } as Partial<typeof values>)];
  return { values, position, change };
}
