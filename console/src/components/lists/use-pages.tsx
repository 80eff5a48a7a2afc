import Pagination from "@cloudscape-design/components/pagination";
import { type ReactNode, useState } from "react";

interface Pages<T> {
  /** The items of the page that is shown. */
  readonly shown: readonly T[];
  readonly pagination: ReactNode;
}

/** Shows a list that the browser has as a whole, `pageSize` items at a time. */
export function usePages<T>(items: readonly T[], pageSize: number): Pages<T> {
  const [page, setPage] = useState(1);
  const pages = Math.max(1, Math.ceil(items.length / pageSize));
  // The list can become shorter.
  const current = Math.min(page, pages);
  return {
    shown: items.slice((current - 1) * pageSize, current * pageSize),
    pagination: pages > 1 && (
      <Pagination
        currentPageIndex={current}
        pagesCount={pages}
        onChange={({ detail }) => setPage(detail.currentPageIndex)}
      />
    ),
  };
}
