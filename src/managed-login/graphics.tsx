/** Graphics of the ways to sign in: by the style of the client, else by the pages themselves. */
import type { ComponentType } from "preact";
import type { Appearance, Graphic } from "./appearance.ts";
import { AppIcon, MailIcon, PasskeyIcon, PasswordIcon, PhoneIcon } from "./icons.tsx";
import { Picture } from "./layout.tsx";

const ICONS: Readonly<Record<Graphic, ComponentType>> = {
  email: MailIcon,
  sms: PhoneIcon,
  app: AppIcon,
  password: PasswordIcon,
  passkey: PasskeyIcon,
};

export function GraphicOf({
  graphic,
  appearance,
}: {
  readonly graphic: Graphic;
  readonly appearance: Appearance;
}) {
  const image = appearance.graphics?.[graphic];
  if (image !== undefined) return <Picture image={image} appearance={appearance} />;
  const Icon = ICONS[graphic];
  return <Icon />;
}

/** A large one, over the title of a page. */
export function Glyph(props: { readonly graphic: Graphic; readonly appearance: Appearance }) {
  return (
    <div class="glyph">
      <GraphicOf {...props} />
    </div>
  );
}
