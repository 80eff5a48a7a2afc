import type { Appearance } from "../appearance.ts";
import { FootLink, Heading, type Hidden, HiddenFields, PrimaryButton } from "../components.tsx";
import { Glyph } from "../graphics.tsx";
import type { Texts } from "../languages/index.ts";
import type { Page } from "../render.tsx";
import { type FactorOption, FactorOptions } from "./challenges.tsx";

export interface StepUpModel {
  readonly hidden: Hidden;
  readonly name: string;
  /** The ways in which the user can go on, at least one. */
  readonly options: readonly FactorOption[];
  readonly otherUserHref: string;
}

/** Explains to a signed-in user that the app requires more factors than were proved. */
export function stepUpPage(
  { hidden, name, options, otherUserHref }: StepUpModel,
  texts: Texts,
  appearance: Appearance,
): Page {
  const [only, ...others] = options;
  return {
    title: texts.stepUp.title,
    content: (
      <>
        {only && others.length === 0 && <Glyph graphic={only.graphic} appearance={appearance} />}
        <div class="centered">
          <Heading title={texts.stepUp.title} subtitle={texts.stepUp.text} />
          <p class="subtitle">
            <bdi>{name}</bdi>
          </p>
        </div>
        <form method="post">
          <HiddenFields fields={hidden} />
          {others.length > 0 && (
            <FactorOptions legend={texts.mfa.chooseTitle} options={options} appearance={appearance} />
          )}
          <PrimaryButton>{texts.code.submit}</PrimaryButton>
        </form>
        <FootLink href={otherUserHref}>{texts.signIn.asAnotherUser}</FootLink>
      </>
    ),
  };
}
