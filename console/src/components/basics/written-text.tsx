import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useText } from "../../i18n/text.tsx";

/** A message can have 20,000 characters. */
const MAX_SHOWN = 500;

/** A text of a message as it was written, only its beginning if it is long. */
export function WrittenText({ children }: { readonly children: string }) {
  const common = useText().common;
  const [isWhole, setWhole] = useState(false);
  const characters = [...children];
  if (characters.length <= MAX_SHOWN) return <span className="as-written">{children}</span>;
  return (
    <>
      <span className="as-written">
        {isWhole ? children : `${characters.slice(0, MAX_SHOWN).join("").trimEnd()}…`}
      </span>
      <div>
        <Button variant="inline-link" ariaExpanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? common.showLess : common.showAllCharacters(characters.length)}
        </Button>
      </div>
    </>
  );
}
