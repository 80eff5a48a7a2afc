import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Input from "@cloudscape-design/components/input";
import { useText } from "../../i18n/text.tsx";
import { type Tag, tagFault } from "../../rules/pools/tags.ts";

const MAX_TAGS = 50;

interface Props {
  readonly tags: readonly Tag[];
  readonly onChange: (tags: readonly Tag[]) => void;
}

export function TagFields({ tags, onChange }: Props) {
  const text = useText().tags;
  const set = (index: number, changes: Partial<Tag>) =>
    onChange(tags.map((tag, at) => (at === index ? { ...tag, ...changes } : tag)));
  return (
    <AttributeEditor
      items={tags}
      addButtonText={text.add}
      removeButtonText={text.remove}
      empty={text.none}
      disableAddButton={tags.length >= MAX_TAGS}
      additionalInfo={text.limit(MAX_TAGS - tags.length)}
      onAddButtonClick={() => onChange([...tags, { key: "", value: "" }])}
      onRemoveButtonClick={({ detail }) => onChange(tags.filter((_tag, at) => at !== detail.itemIndex))}
      removeButtonAriaLabel={(tag) => text.removeWhat(tag.key)}
      definition={[
        {
          label: text.key,
          control: (tag, index) => (
            <Input
              value={tag.key}
              autoComplete={false}
              ariaLabel={text.key}
              onChange={({ detail }) => set(index, { key: detail.value })}
            />
          ),
          errorText: (_tag, index) => {
            const fault = tagFault(tags, index);
            return fault && text.faults[fault];
          },
        },
        {
          label: text.value,
          control: (tag, index) => (
            <Input
              value={tag.value}
              autoComplete={false}
              ariaLabel={text.value}
              onChange={({ detail }) => set(index, { value: detail.value })}
            />
          ),
        },
      ]}
    />
  );
}
