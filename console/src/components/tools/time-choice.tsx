import DatePicker from "@cloudscape-design/components/date-picker";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TimeInput from "@cloudscape-design/components/time-input";
import { useText } from "../../i18n/text.tsx";
import type { LocalTime } from "../../rules/tools/local-time.ts";

interface Props {
  readonly value: LocalTime;
  readonly onChange: (value: LocalTime) => void;
}

/** A date and a time of day in the reader's own time zone. */
export function TimeChoice({ value, onChange }: Props) {
  const text = useText().clock;
  return (
    <SpaceBetween direction="horizontal" size="m">
      <FormField label={text.date}>
        <DatePicker
          value={value.date}
          placeholder="YYYY/MM/DD"
          openCalendarAriaLabel={(chosen) => (chosen === null ? text.chooseDate : text.chosenDate(chosen))}
          onChange={({ detail }) => onChange({ ...value, date: detail.value })}
        />
      </FormField>
      <FormField
        label={text.time}
        constraintText={text.timeZone(Intl.DateTimeFormat().resolvedOptions().timeZone)}
      >
        <TimeInput
          value={value.time}
          format="hh:mm:ss"
          placeholder="hh:mm:ss"
          onChange={({ detail }) => onChange({ ...value, time: detail.value })}
        />
      </FormField>
    </SpaceBetween>
  );
}
