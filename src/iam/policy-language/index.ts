/**
 * The IAM policy language: reading, compiling and evaluating documents, and AWS's managed policies as data.
 *
 * Knows no principals, requests or storage: the policies of a principal and the target of a request come from `src/iam/`.
 */
export { compileDocument, compilePolicy, type PolicyRequest } from "./compile.ts";
export { denialText } from "./denial.ts";
export {
  type PolicyDocument,
  type PolicyKind,
  PolicySyntaxError,
  parsePolicy,
  policySize,
} from "./document.ts";
export {
  type AppliedPolicy,
  type Decision,
  decide,
  matchedStatements,
  type PolicySet,
  usesConditionKey,
  verdictOf,
} from "./evaluate.ts";
export { type AwsManagedPolicy, awsManagedPolicies, awsManagedPolicy } from "./managed-policies.ts";
export { checkNewDocument } from "./new-document.ts";
export type { KeyLookup } from "./pattern.ts";
export { principalArns, type TrustedCandidate, trustVerdict } from "./trust.ts";
