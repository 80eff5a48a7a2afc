/** Colours and measures of a style as custom properties of the pages' stylesheet. */
import type { StyleSettings } from "../../user-pools/index.ts";
import type { StyleVariables } from "../appearance.ts";

type Mode = "lightMode" | "darkMode";

/** @param mode whose colours are taken */
export function styleVariables({ components, componentClasses }: StyleSettings, mode: Mode): StyleVariables {
  const { alert, form, idpButton, pageBackground, pageFooter, pageHeader, pageText } = components;
  const { buttons, divider, dropDown, focusState, input, inputDescription, inputLabel, link } =
    componentClasses;
  const [primary, secondary] = [components.primaryButton[mode], components.secondaryButton[mode]];
  const provider = idpButton.standard[mode];
  const option = componentClasses.optionControls[mode];
  const status = componentClasses.statusIndicator[mode];
  const menu = dropDown[mode];
  const colors = {
    "page-background": pageBackground[mode].color,
    heading: pageText[mode].headingColor,
    text: pageText[mode].bodyColor,
    "muted-text": pageText[mode].descriptionColor,
    link: link[mode].defaults.textColor,
    "link-hover": link[mode].hover.textColor,
    "card-background": form[mode].backgroundColor,
    "card-border": form[mode].borderColor,
    "header-background": pageHeader[mode].background.color,
    "header-border": pageHeader[mode].borderColor,
    "footer-background": pageFooter[mode].background.color,
    "footer-border": pageFooter[mode].borderColor,
    label: inputLabel[mode].textColor,
    hint: inputDescription[mode].textColor,
    "input-background": input[mode].defaults.backgroundColor,
    "input-border": input[mode].defaults.borderColor,
    "input-text": pageText[mode].headingColor,
    placeholder: input[mode].placeholderColor,
    focus: focusState[mode].borderColor,
    divider: divider[mode].borderColor,
    "primary-background": primary.defaults.backgroundColor,
    "primary-text": primary.defaults.textColor,
    "primary-hover": primary.hover.backgroundColor,
    "primary-hover-text": primary.hover.textColor,
    "primary-active": primary.active.backgroundColor,
    "primary-active-text": primary.active.textColor,
    "primary-disabled": primary.disabled.backgroundColor,
    "primary-disabled-border": primary.disabled.borderColor,
    "secondary-background": secondary.defaults.backgroundColor,
    "secondary-border": secondary.defaults.borderColor,
    "secondary-text": secondary.defaults.textColor,
    "secondary-hover": secondary.hover.backgroundColor,
    "secondary-hover-border": secondary.hover.borderColor,
    "secondary-hover-text": secondary.hover.textColor,
    "secondary-active": secondary.active.backgroundColor,
    "secondary-active-border": secondary.active.borderColor,
    "secondary-active-text": secondary.active.textColor,
    "provider-background": provider.defaults.backgroundColor,
    "provider-border": provider.defaults.borderColor,
    "provider-text": provider.defaults.textColor,
    "provider-hover": provider.hover.backgroundColor,
    "provider-hover-border": provider.hover.borderColor,
    "provider-hover-text": provider.hover.textColor,
    "provider-active": provider.active.backgroundColor,
    "provider-active-border": provider.active.borderColor,
    "provider-active-text": provider.active.textColor,
    "option-background": option.defaults.backgroundColor,
    "option-border": option.defaults.borderColor,
    "option-selected": option.selected.backgroundColor,
    "option-selected-mark": option.selected.foregroundColor,
    "menu-background": menu.defaults.itemBackgroundColor,
    "menu-hover": menu.hover.itemBackgroundColor,
    "menu-hover-border": menu.hover.itemBorderColor,
    "menu-hover-text": menu.hover.itemTextColor,
    "menu-match": menu.match.itemTextColor,
    error: status.error.indicatorColor,
    "error-background": alert[mode].error.backgroundColor,
    "error-border": alert[mode].error.borderColor,
    success: status.success.indicatorColor,
    "success-background": status.success.backgroundColor,
    "success-border": status.success.borderColor,
    warning: status.warning.indicatorColor,
    "warning-background": status.warning.backgroundColor,
    "warning-border": status.warning.borderColor,
    pending: status.pending.indicatorColor,
  };
  const radii = {
    "card-radius": form.borderRadius,
    "input-radius": input.borderRadius,
    "button-radius": buttons.borderRadius,
    "alert-radius": alert.borderRadius,
    "menu-radius": dropDown.borderRadius,
  };
  return {
    ...Object.fromEntries(Object.entries(colors).map(([name, color]) => [name, `#${color.toLowerCase()}`])),
    ...Object.fromEntries(Object.entries(radii).map(([name, pixels]) => [name, `${pixels}px`])),
    "card-shadow": "none",
  };
}
