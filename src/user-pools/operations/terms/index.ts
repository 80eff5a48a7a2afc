/** The operations on terms documents of app clients. */
import type { OperationTable } from "../../operation.ts";
import { createTerms } from "./create-terms.ts";
import { deleteTerms } from "./delete-terms.ts";
import { describeTerms } from "./describe-terms.ts";
import { describeTermsByClient } from "./describe-terms-by-client.ts";
import { listTerms } from "./list-terms.ts";
import { updateTerms } from "./update-terms.ts";

export const termsOperations = {
  CreateTerms: createTerms,
  DeleteTerms: deleteTerms,
  DescribeTerms: describeTerms,
  DescribeTermsByClient: describeTermsByClient,
  ListTerms: listTerms,
  UpdateTerms: updateTerms,
} satisfies Partial<OperationTable>;
