/** `/signup`. @see Developer Guide, "Managed login", section on signing up */
import type { FastifyReply } from "fastify";
import { CodeDeliveryFailureException, type SignUpResponse } from "../../api-model/index.ts";
import { hostName } from "../../http/index.ts";
import { nameFormOf, signUpPage } from "../../managed-login/index.ts";
import {
  allowsPasswordless,
  autoVerifiedAttributes,
  schemaOf,
  termsOfPool,
  usesClassicPages,
  writableBy,
} from "../../user-pools/index.ts";
import { isWebAddress } from "../../web-address.ts";
import { PageError, requireLocalUsers } from "../authorization-request.ts";
import { callAsClient } from "./call.ts";
import { attemptSignIn } from "./login.ts";
import { keepPageData } from "./page-data.ts";
import { allowsSignUp } from "./pool-rules.ts";
import { sendPage } from "./send-page.ts";
import { ATTRIBUTE } from "./sign-in/answers.ts";
import { begin } from "./sign-in/sign-in-step.ts";
import { type Tell, tellError, tellExpiredForm, tellNothing, tellRefusal } from "./tell.ts";
import { hiddenOf, hrefOf, isFromOwnPage, nameOf, ownerOf, type Visit } from "./visit.ts";

export async function showSignUp(visit: Visit): Promise<FastifyReply> {
  requireSignUp(visit);
  return send(visit, tellNothing);
}

export async function takeSignUp(visit: Visit): Promise<FastifyReply> {
  requireSignUp(visit);
  const { fields, reply } = visit;
  if (!isFromOwnPage(visit)) return send(visit, tellExpiredForm);
  if (fields.get("password") !== (await repeatedPassword(visit))) {
    return send(
      visit,
      tellError((texts) => texts.fields.passwordsDiffer),
    );
  }
  const username = nameOf(visit);
  let made: SignUpResponse;
  try {
    made = await signUp(username, visit);
  } catch (error) {
    const tell = tellRefusal(error);
    // The user was created anyway.
    if (!(error instanceof CodeDeliveryFailureException)) return send(visit, tell);
    keepPageData(visit, { page: "confirm", username, error: error.message });
    return reply.redirect(hrefOf(visit, "/confirm"), 302);
  }
  if (made.UserConfirmed) return attemptSignIn(visit, undefined, () => begin(visit));
  const { Destination, DeliveryMedium } = made.CodeDeliveryDetails ?? {};
  keepPageData(visit, {
    page: "confirm",
    username,
    destination: Destination,
    isEmail: DeliveryMedium === "EMAIL",
    ...(Destination === undefined && { notice: "not sent" as const }),
  });
  return reply.redirect(hrefOf(visit, "/confirm"), 302);
}

/** The classic page asks for the password once. */
async function repeatedPassword(visit: Visit): Promise<string | undefined> {
  const { request, authorization, context, fields } = visit;
  const domains = await context.store.domains.listOfPool(authorization.pool.id);
  const isClassic = usesClassicPages(domains, hostName(request.host));
  return fields.get(isClassic ? "password" : "confirm_password");
}

function requireSignUp({ authorization }: Visit): void {
  requireLocalUsers(authorization);
  if (!allowsSignUp(authorization.pool)) throw new PageError("SignUp is not permitted for this user pool");
}

function signUp(username: string, visit: Visit): Promise<SignUpResponse> {
  const given = [...visit.fields].flatMap(([field, Value]) => {
    const Name = attributeOf(field);
    return Name === undefined ? [] : [{ Name, Value }];
  });
  return callAsClient(
    "SignUp",
    {
      Username: username,
      Password: visit.fields.get("password"),
      UserAttributes: given,
    },
    visit,
  );
}

/** The attribute that a field of the form is for. The classic page names its fields otherwise. */
function attributeOf(field: string): string | undefined {
  if (field.startsWith(ATTRIBUTE)) return field.slice(ATTRIBUTE.length);
  return /^requiredAttributes\[(.+)\]$/.exec(field)?.[1];
}

async function send(visit: Visit, tell: Tell): Promise<FastifyReply> {
  const { pool } = visit.authorization;
  const hidden = hiddenOf(visit);
  const documents = await termsLinks(visit);
  return sendPage(visit, ownerOf(visit), (texts, appearance) =>
    signUpPage(
      {
        hidden,
        notice: tell(texts),
        username: nameOf(visit),
        nameForm: nameFormOf(pool.settings),
        attributes: attributeFields(visit),
        allowsNoPassword: allowsPasswordless(pool),
        terms: documents(texts.tag),
        signInHref: hrefOf(visit, "/login"),
      },
      texts,
      appearance,
    ),
  );
}

/**
 * The attributes in the form: the required ones, and those that can receive a code, without which the account could not
 * be confirmed.
 */
function attributeFields({ authorization: { pool, client }, fields }: Visit) {
  const isWritable = writableBy(pool, client);
  const isName = new Set<string>(pool.settings.UsernameAttributes ?? []);
  const isVerified = new Set<string>(autoVerifiedAttributes(pool));
  const values = new Map([...fields].map(([field, value]) => [attributeOf(field), value]));
  return schemaOf(pool)
    .filter(({ Name = "", Required }) => Name !== "sub" && (Required || isVerified.has(Name)))
    .filter(({ Name = "" }) => isWritable(Name) && !isName.has(Name))
    .map(({ Name = "", Required }) => ({
      attribute: Name,
      name: `${ATTRIBUTE}${Name}`,
      value: values.get(Name),
      required: Required === true,
    }));
}

/** The names of the languages in the links of terms. @see API Reference, "CreateTerms", Links */
export const TERMS_LANGUAGES: Readonly<Record<string, string>> = {
  de: "german",
  en: "english",
  es: "spanish",
  fr: "french",
  id: "bahasa-indonesia",
  it: "italian",
  ja: "japanese",
  ko: "korean",
  nl: "dutch",
  "pt-BR": "portuguese-brazil",
  "zh-CN": "chinese-simplified",
  "zh-TW": "chinese-traditional",
};

/** The links of the client's terms by language, where it has both documents. */
async function termsLinks({ authorization: { pool, client }, context }: Visit) {
  const documents = (await termsOfPool(context.store, pool.id)).filter(
    ({ clientId }) => clientId === client.id,
  );
  const linkOf = (name: string, tag: string) => {
    const links = documents.find(({ body }) => body.TermsName === name)?.body.Links;
    const link = links?.[`cognito:${TERMS_LANGUAGES[tag]}`] ?? links?.["cognito:default"];
    // The API takes any text as a link, also `javascript:`.
    return isWebAddress(link) ? link : undefined;
  };
  return (tag: string) => {
    const termsOfUse = linkOf("terms-of-use", tag);
    const privacyPolicy = linkOf("privacy-policy", tag);
    return termsOfUse && privacyPolicy ? { termsOfUse, privacyPolicy } : undefined;
  };
}
