/**
 * Checks of a policy document that is to be saved or passed. A stored document is not checked again, because an earlier
 * version of this program may have accepted it.
 *
 * All of these refusals were recorded from IAM in September 2026 (badmintoncryer/cdk-preflight, `rules/iam`).
 */
import { parseAddressRange } from "../../ip-networks.ts";
import {
  LEGACY_ERROR,
  type PolicyDocument,
  PolicySyntaxError,
  type Statement,
  SYNTAX_ERROR,
} from "./document.ts";

/** @throws PolicySyntaxError IAM saves no policy with this content */
export function checkNewDocument({ statements }: PolicyDocument): void {
  for (const statement of statements) {
    checkConditionValues(statement);
    checkSid(statement);
    for (const action of statement.actions.values) checkActionVendor(action);
    for (const resource of statement.resources?.values ?? []) checkResourceArn(resource);
    checkPrincipals(statement);
  }
}

interface ValueFormat {
  readonly operator: RegExp;
  readonly isValid: (value: string) => boolean;
  readonly refusal: string;
}

const VALUE_FORMATS: readonly ValueFormat[] = [
  {
    operator: /^Numeric/,
    // No digit can be taken by two parts, so that the time is linear in the length.
    isValid: (value) => /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(value),
    refusal: LEGACY_ERROR,
  },
  {
    operator: /^(Not)?IpAddress$/,
    isValid: (value) => parseAddressRange(value) !== undefined,
    refusal: LEGACY_ERROR,
  },
  {
    operator: /^Arn/,
    isValid: (value) => value === "*" || value.split(":").length >= ARN_PARTS,
    refusal: LEGACY_ERROR,
  },
  {
    operator: /^Binary/,
    isValid: (value) => /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value),
    refusal: SYNTAX_ERROR,
  },
];

const ARN_PARTS = 6;

function checkConditionValues({ conditions }: Statement): void {
  for (const { operator, values } of conditions) {
    const format = VALUE_FORMATS.find((one) => one.operator.test(operator.base));
    if (format && !values.every(format.isValid)) throw new PolicySyntaxError(format.refusal);
  }
}

function checkSid({ sid = "" }: Statement): void {
  if (/^[0-9A-Za-z]*$/.test(sid)) return;
  throw new PolicySyntaxError(
    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
  );
}

/** `*:*` is another spelling of `*`. Whether IAM takes it is not known. */
function checkActionVendor(action: string): void {
  if (action === "*:*" || !/^[^:]*[*?][^:]*:/.test(action)) return;
  throw new PolicySyntaxError("Action vendors (e.g., aws, ec2, etc.) must not contain wildcards.");
}

const REGION_OF_RESOURCE = /[*?]|^[a-z]{2}(-[a-z]+)+-\d$/;

/**
 * An ARN may end after any part: IAM completes it with `*`. One with an empty part, or with something else in the place of the
 * region, as in `arn:aws:s3:bucket`, is not taken for such a beginning.
 *
 * @see IAM User Guide, "IAM identifiers"
 */
function checkResourceArn(resource: string): void {
  if (/^\*+$/.test(resource)) return;
  const parts = resource.split(":");
  const [, , vendor, region = "*"] = parts;
  const isBeginning = !resource.includes("::") && REGION_OF_RESOURCE.test(region);
  if (parts.length < ARN_PARTS && !isBeginning) throw new PolicySyntaxError(LEGACY_ERROR);
  if (vendor === undefined || /[*?]/.test(vendor)) {
    throw new PolicySyntaxError("Resource vendor must be fully qualified and cannot contain regexes.");
  }
}

/** Of trust policies: no other kind that is saved has principals. */
function checkPrincipals({ principals, conditions }: Statement): void {
  if (!principals) return;
  const { everybody, service, federated } = principals.values;
  if (everybody) {
    throw new PolicySyntaxError('AssumeRolepolicy contained an invalid principal: "STAR":"*".');
  }
  const foreign = service.find((name) => !/\.amazonaws\.com(\.cn)?$/.test(name));
  if (foreign !== undefined) {
    throw new PolicySyntaxError(`Invalid principal in policy: "SERVICE":"${foreign}"`);
  }
  if (federated.includes("cognito-identity.amazonaws.com") && conditions.length === 0) {
    throw new PolicySyntaxError("A condition block must be present for the Cognito provider");
  }
}
