import * as tokens from "@cloudscape-design/design-tokens";

const variables = {
  "--page-background": tokens.colorBackgroundLayoutMain,
  "--code-background": tokens.colorBackgroundCodeView,
  "--code-text": tokens.colorTextBodyDefault,
  "--focus": tokens.colorBorderItemFocused,
  "--token-header": tokens.colorChartsRed700,
  "--token-payload": tokens.colorChartsPurple700,
  "--token-signature": tokens.colorChartsTeal700,
};

/** Gives the design system's colours to styles.css; on the body, where its dark mode sets in. */
export function applyDesignVariables(): void {
  for (const [name, value] of Object.entries(variables)) document.body.style.setProperty(name, value);
}
