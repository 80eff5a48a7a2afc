import { bytes, defineTable, integer, nullable, type RowOf, text } from "../schema.ts";
import type { DocumentKind } from "./record.ts";

export const documentsTable = defineTable({
  name: "documents",
  columns: {
    pool_key: integer(),
    kind: text<DocumentKind>(),
    /** 0 for a document of the pool itself. */
    client_key: integer(),
    id: text(),
    /** JSON. */
    body: text(),
    /** For example images. Read by itself. */
    blob: nullable(bytes()),
    created_at: integer(),
    last_modified_at: integer(),
  },
  key: ["pool_key", "kind", "client_key", "id"],
  indexes: { documents_of_client: ["client_key"] },
  owners: [
    { kind: "pool", column: "pool_key", removal: "at once" },
    { kind: "client", column: "client_key", removal: "at once" },
  ],
});

export type DocumentsTable = RowOf<typeof documentsTable>;
