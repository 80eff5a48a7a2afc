import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useText } from "../../i18n/text.tsx";
import {
  colorModes,
  colorPaths,
  cssColor,
  radiusPaths,
  rgbaOf,
  type Settings,
  valueAt,
  withValue,
} from "../../rules/branding/login-style.ts";

interface Props {
  readonly settings: Settings;
  readonly onChange: (settings: Settings) => void;
}

export function LayoutFields({ settings, onChange }: Props) {
  const text = useText().branding;
  const choices = [
    ["categories.global.colorSchemeMode", text.colorScheme, text.colorSchemes],
    ["categories.form.location.horizontal", text.horizontal, text.places],
    ["categories.form.location.vertical", text.vertical, text.verticalPlaces],
    ["categories.global.spacingDensity", text.density, text.densities],
  ] as const;
  const switches = [
    ["components.pageBackground.image.enabled", text.backgroundImage],
    ["categories.global.pageHeader.enabled", text.header],
    ["categories.global.pageFooter.enabled", text.footer],
  ] as const;
  return (
    <Container header={<Header>{text.layout}</Header>}>
      <SpaceBetween size="m">
        {choices.map(([path, label, names]) => {
          const options = Object.entries(names).map(([value, name]) => ({ value, label: name }));
          const chosen = options.find(({ value }) => value === valueAt(settings, path));
          return (
            <FormField key={path} label={label}>
              <Select
                selectedOption={chosen ?? null}
                options={options}
                onChange={({ detail }) =>
                  onChange(withValue(settings, path, detail.selectedOption.value ?? null))
                }
              />
            </FormField>
          );
        })}
        <SpaceBetween size="xs">
          {switches.map(([path, label]) => (
            <Checkbox
              key={path}
              checked={valueAt(settings, path) === true}
              onChange={({ detail }) => onChange(withValue(settings, path, detail.checked))}
            >
              {label}
            </Checkbox>
          ))}
        </SpaceBetween>
        <FormField label={text.radius}>
          <ColumnLayout columns={3}>
            {(Object.keys(radiusPaths) as (keyof typeof radiusPaths)[]).map((name) => (
              <FormField key={name} label={text.radii[name]}>
                <Input
                  type="number"
                  value={String(valueAt(settings, radiusPaths[name]) ?? 0)}
                  onChange={({ detail }) =>
                    onChange(withValue(settings, radiusPaths[name], clampedRadius(detail.value)))
                  }
                />
              </FormField>
            ))}
          </ColumnLayout>
        </FormField>
      </SpaceBetween>
    </Container>
  );
}

function clampedRadius(text: string): number {
  return Math.min(100, Math.max(0, Number(text) || 0));
}

export function ColorFields({ settings, onChange }: Props) {
  const text = useText().branding;
  const modeNames = { lightMode: text.lightMode, darkMode: text.darkMode };
  return (
    <Container header={<Header>{text.colors}</Header>}>
      <table className="color-table">
        <thead>
          <tr>
            <td />
            {colorModes.map((mode) => (
              <th key={mode} scope="col">
                {text.colorSchemes[mode === "lightMode" ? "LIGHT" : "DARK"]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(Object.keys(colorPaths) as (keyof typeof colorPaths)[]).map((name) => (
            <tr key={name}>
              <th scope="row">{text.colorNames[name]}</th>
              {colorModes.map((mode) => {
                const path = colorPaths[name].replace("{mode}", mode);
                const value = valueAt(settings, path);
                return (
                  <td key={mode}>
                    <input
                      type="color"
                      aria-label={text.colorOf(text.colorNames[name], modeNames[mode])}
                      value={cssColor(value)}
                      onChange={({ target }) =>
                        onChange(withValue(settings, path, rgbaOf(target.value, value)))
                      }
                    />
                    <span className="monospace">{cssColor(value)}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Container>
  );
}
