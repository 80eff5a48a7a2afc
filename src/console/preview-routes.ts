/**
 * The preview of the branding editor: the sign-in page as it would be with settings that are not saved. The console shows it
 * in a frame whose own Content-Security-Policy lets the page's style and images act and nothing else.
 */
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import type { AssetType, JsonValue } from "../api-model/index.ts";
import {
  type Appearance,
  nameFormOf,
  previewAppearance,
  renderPage,
  signInPage,
  textsOf,
} from "../managed-login/index.ts";
import { Refused, type RouteContext } from "./request.ts";

const asset = z.object({
  Category: z.string(),
  ColorMode: z.enum(["LIGHT", "DARK", "DYNAMIC"]),
  Extension: z.string(),
  Bytes: z.base64().optional(),
  ResourceId: z.string().optional(),
});

/** Anything: the body was JSON. `z.json()` checks that by recursion, which deep nesting would exhaust. */
const jsonValue = z.custom<JsonValue>();

const preview = z.object({
  /** Undefined for the classic pages. */
  style: z.object({ settings: jsonValue.optional(), assets: z.array(asset).max(40) }).optional(),
  classic: z
    .object({ css: z.string().optional(), logo: z.string().startsWith("data:image/").optional() })
    .optional(),
  scheme: z.enum(["light", "dark"]),
  language: z.string().default("en"),
  providers: z.array(z.string()).max(20).default([]),
  /** By which users sign in, as the pool has it. */
  names: z
    .object({ UsernameAttributes: z.array(z.string()).max(9), AliasAttributes: z.array(z.string()).max(9) })
    .partial()
    .default({}),
});

const FRAME_POLICY =
  "default-src 'none';style-src 'unsafe-inline';img-src 'self' data:;base-uri 'none';form-action 'none';frame-ancestors 'self'";

/** The document of the frame, which the console fills. It is outside the API because a frame cannot send its header. */
export function registerPreviewFrame(app: FastifyInstance): void {
  app.get("/console/preview", async (_request, reply) =>
    reply
      .headers({
        "content-security-policy": FRAME_POLICY,
        "x-content-type-options": "nosniff",
        "cache-control": "no-cache",
      })
      .type("text/html; charset=utf-8")
      .send("<!doctype html><title>Preview</title>"),
  );
}

export function registerPreviewRoutes(app: FastifyInstance, { open, requireVisitor }: RouteContext): void {
  app.post("/console/api/login-preview", async (request) => {
    await requireVisitor(request);
    const wanted = preview.safeParse(open(request).json());
    if (!wanted.success) throw new Refused(400, "That is not a preview of a sign-in page.");
    return drawPreview(wanted.data);
  });
}

function drawPreview({ style, classic, scheme, language, providers, names }: z.infer<typeof preview>): {
  html: string;
  isAdaptive: boolean;
} {
  const made = previewAppearance({
    style: style && { settings: style.settings, assets: style.assets.map(assetOf) },
    classic: { css: classic?.css, logo: classic?.logo },
  });
  // The editor chooses the color scheme, not the browser.
  const isAdaptive = made.colorScheme === "adaptive";
  const appearance: Appearance = isAdaptive ? { ...made, colorScheme: scheme } : made;
  const texts = textsOf(language);
  const model = {
    hidden: {},
    notice: undefined,
    username: "",
    nameForm: nameFormOf(names),
    providers: providers.map((name) => ({ name, href: "#" })),
    ssoHref: undefined,
    local: { action: "#", asksForPassword: true, forgotPasswordHref: "#", signUpHref: "#" },
    session: undefined,
    takesFocus: false,
  } as const;
  const { script: _none, ...page } = signInPage(model, texts, appearance);
  return { html: renderPage(page, { texts, appearance, nonce: "preview" }).html, isAdaptive };
}

function assetOf({ Bytes, ...rest }: z.infer<typeof asset>): AssetType {
  // An unknown place or extension has no effect on the page.
  return { ...rest, ...(Bytes && { Bytes: new Uint8Array(Buffer.from(Bytes, "base64")) }) } as AssetType;
}
