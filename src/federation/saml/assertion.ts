/**
 * The conditions that a verified assertion must meet before its subject can sign in, and its statements about the subject.
 *
 * @see SAML Profiles §4.1.4.3, "<Response> Message Processing Rules"; Developer Guide, "Things to know about SAML IdPs"
 */
import { SamlRefusal } from "./refusal.ts";
import type { Message } from "./verified-message.ts";
import { NAMESPACE } from "./vocabulary.ts";
import { attributeOf, childOf, childrenOf, textOf, type XmlElement } from "./xml.ts";

/** How far the clocks of a provider and this server may differ; our choice, because Cognito's is not documented. */
export const CLOCK_SKEW_MILLISECONDS = 60_000;
/** Developer Guide, "SAML session initiation": how old an assertion without a request may be. */
const MAX_UNREQUESTED_AGE_MILLISECONDS = 6 * 60_000;
const BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

export interface Expected {
  /** The `entityID` of the provider's metadata. */
  readonly issuer: string;
  /** The entity id of the pool. */
  readonly audience: string;
  /** Where the pool receives assertions. */
  readonly recipient: string;
  /** The id of the AuthnRequest; undefined when the provider begins. */
  readonly requestId: string | undefined;
  readonly requiresEncryption: boolean;
  /** Milliseconds. */
  readonly now: number;
}

/** The name of a subject at a provider, as a later LogoutRequest must repeat it. */
export interface NameId {
  readonly value: string;
  readonly format?: string | undefined;
  readonly nameQualifier?: string | undefined;
  readonly spNameQualifier?: string | undefined;
}

export interface AcceptedAssertion {
  readonly id: string;
  /** When it need no longer be remembered as used: milliseconds. */
  readonly expiresAt: number;
  readonly nameId: NameId;
  readonly sessionIndex: string | undefined;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** @throws SamlRefusal */
export function acceptAssertion(
  { envelope, assertion, isEncrypted }: Message,
  expected: Expected,
): AcceptedAssertion {
  const { now } = expected;
  if (expected.requiresEncryption && !isEncrypted) throw new SamlRefusal("The assertion is not encrypted.");

  // 1. The issuer, and the destination of the message as a whole.
  requireIssuer(envelope, expected, false);
  requireIssuer(assertion, expected, true);
  requireSame(attributeOf(envelope, "Destination"), expected.recipient, "Destination");
  requireSame(attributeOf(envelope, "InResponseTo"), expected.requestId, "InResponseTo");

  // 2. Whether it is of now.
  const id = attributeOf(assertion, "ID");
  if (!id) throw new SamlRefusal("The assertion has no ID.");
  const issuedAt = instantOf(assertion, "IssueInstant");
  if (issuedAt === undefined || issuedAt > now + CLOCK_SKEW_MILLISECONDS) {
    throw new SamlRefusal("The assertion is not yet valid.");
  }
  if (expected.requestId === undefined && issuedAt < now - MAX_UNREQUESTED_AGE_MILLISECONDS) {
    throw new SamlRefusal("The assertion has expired.");
  }
  const conditions = childOf(assertion, NAMESPACE.assertion, "Conditions");
  if (conditions === undefined) throw new SamlRefusal("The assertion has no Conditions.");
  requireTime(conditions, now);

  // 3. Whether it is for this pool.
  requireAudience(conditions, expected.audience);

  // 4. Whether its bearer may use it.
  const subject = childOf(assertion, NAMESPACE.assertion, "Subject");
  const nameIdElement = subject && childOf(subject, NAMESPACE.assertion, "NameID");
  if (!subject || !nameIdElement || textOf(nameIdElement) === "") {
    throw new SamlRefusal("The assertion has no NameID.");
  }
  const confirmedUntil = requireConfirmation(subject, expected);
  const [statement] = childrenOf(assertion, NAMESPACE.assertion, "AuthnStatement");
  const sessionEnd = statement && instantOf(statement, "SessionNotOnOrAfter");
  if (sessionEnd !== undefined && sessionEnd <= now - CLOCK_SKEW_MILLISECONDS) {
    throw new SamlRefusal("The session at the identity provider has ended.");
  }

  return {
    id,
    expiresAt: confirmedUntil + CLOCK_SKEW_MILLISECONDS,
    nameId: {
      // As it is: names that differ by a space are those of different users.
      value: nameIdElement.textContent ?? "",
      format: attributeOf(nameIdElement, "Format"),
      nameQualifier: attributeOf(nameIdElement, "NameQualifier"),
      spNameQualifier: attributeOf(nameIdElement, "SPNameQualifier"),
    },
    sessionIndex: statement && attributeOf(statement, "SessionIndex"),
    attributes: attributesOf(assertion),
  };
}

/** @throws SamlRefusal it answers another request, or comes from elsewhere */
export function acceptLogoutResponse(
  response: XmlElement,
  expected: Pick<Expected, "issuer" | "recipient"> & { readonly requestId: string },
): void {
  requireIssuer(response, expected, true);
  requireSame(attributeOf(response, "Destination"), expected.recipient, "Destination");
  if (attributeOf(response, "InResponseTo") !== expected.requestId) {
    throw new SamlRefusal("The InResponseTo is not the expected one.");
  }
}

export function requireIssuer(
  element: XmlElement,
  { issuer }: Pick<Expected, "issuer">,
  isNeeded: boolean,
): void {
  const found = childOf(element, NAMESPACE.assertion, "Issuer");
  if (found ? textOf(found) !== issuer : isNeeded) {
    throw new SamlRefusal("The Issuer is not the identity provider's.");
  }
}

/** Of an attribute that may be left out of the envelope. */
export function requireSame(found: string | undefined, expected: string | undefined, name: string): void {
  if (found !== undefined && found !== "" && found !== expected) {
    throw new SamlRefusal(`The ${name} is not the expected one.`);
  }
}

function requireTime(element: XmlElement, now: number): void {
  const [from, until] = [instantOf(element, "NotBefore"), instantOf(element, "NotOnOrAfter")];
  if (from !== undefined && from > now + CLOCK_SKEW_MILLISECONDS) {
    throw new SamlRefusal("The assertion is not yet valid.");
  }
  if (until !== undefined && until <= now - CLOCK_SKEW_MILLISECONDS) {
    throw new SamlRefusal("The assertion has expired.");
  }
}

/** Each restriction must name the pool, and there must be one. SAML Core §2.5.1.4 */
function requireAudience(conditions: XmlElement, audience: string): void {
  const restrictions = childrenOf(conditions, NAMESPACE.assertion, "AudienceRestriction");
  const names = (restriction: XmlElement) =>
    childrenOf(restriction, NAMESPACE.assertion, "Audience").some((each) => textOf(each) === audience);
  if (restrictions.length === 0 || !restrictions.every(names)) {
    // The guide's chapter "Troubleshoot Amazon Cognito" quotes the first two words alone.
    throw new SamlRefusal(`Audience restriction in SAML Assertion does not allow it for ${audience}. `);
  }
}

/** @returns until when the confirmation can be used */
function requireConfirmation(subject: XmlElement, expected: Expected): number {
  let refusal = new SamlRefusal("The assertion has no bearer SubjectConfirmation.");
  for (const confirmation of childrenOf(subject, NAMESPACE.assertion, "SubjectConfirmation")) {
    if (attributeOf(confirmation, "Method") !== BEARER) continue;
    try {
      const details = childOf(confirmation, NAMESPACE.assertion, "SubjectConfirmationData");
      if (details === undefined) continue;
      if (attributeOf(details, "Recipient") !== expected.recipient) {
        throw new SamlRefusal("The Recipient is not the expected one.");
      }
      if (attributeOf(details, "InResponseTo") !== expected.requestId) {
        throw new SamlRefusal("The InResponseTo is not the expected one.");
      }
      requireTime(details, expected.now);
      const until = instantOf(details, "NotOnOrAfter");
      if (until === undefined) throw new SamlRefusal("The SubjectConfirmation has no end.");
      return until;
    } catch (error) {
      if (!(error instanceof SamlRefusal)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/** @throws SamlRefusal it is no time; SAML Core §1.3.3: UTC, in the form of XML Schema */
export function instantOf(element: XmlElement, name: string): number | undefined {
  const text = attributeOf(element, name);
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,12})?(?:Z|[+-]\d\d:\d\d)?$/.test(text)
    ? Date.parse(/Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`)
    : Number.NaN;
  if (Number.isNaN(time)) throw new SamlRefusal(`The ${name} is not a time.`);
  return time;
}

function attributesOf(assertion: XmlElement): Readonly<Record<string, readonly string[]>> {
  const attributes = new Map<string, string[]>();
  for (const statement of childrenOf(assertion, NAMESPACE.assertion, "AttributeStatement")) {
    for (const attribute of childrenOf(statement, NAMESPACE.assertion, "Attribute")) {
      const name = attributeOf(attribute, "Name");
      if (!name) continue;
      const values = childrenOf(attribute, NAMESPACE.assertion, "AttributeValue").map(
        (value) => value.textContent ?? "",
      );
      attributes.set(name, [...(attributes.get(name) ?? []), ...values]);
    }
  }
  return Object.fromEntries(attributes);
}
