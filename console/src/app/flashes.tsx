/** Messages about finished actions, at the top of the page. They stay for one more page and can be closed. */
import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { createContext, memo, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useText } from "../i18n/text.tsx";
import { useNavigation } from "./router.tsx";
import { useSession } from "./session.tsx";

type FlashKind = "success" | "info" | "warning" | "error";

interface Flash {
  readonly id: string;
  readonly kind: FlashKind;
  readonly content: ReactNode;
  /** The pages that it was seen on: two, usually that of the form and that it leads to. */
  readonly paths: readonly string[];
}

interface Changes {
  readonly show: (kind: FlashKind, content: ReactNode) => void;
  readonly dismiss: (id: string) => void;
}

let shown = 0;

const FlashContext = createContext<readonly Flash[]>([]);

/** Apart from the messages, so that a page that shows one is not rendered for each of them. */
const ChangeContext = createContext<Changes | undefined>(undefined);

export function FlashProvider({ children }: { children: ReactNode }) {
  const [flashes, setFlashes] = useState<readonly Flash[]>([]);
  const { path } = useNavigation();
  const current = useRef(path);

  useEffect(() => {
    current.current = path;
    setFlashes((before) =>
      before.every(({ paths }) => paths.includes(path))
        ? before
        : before
            .map((flash) =>
              flash.paths.includes(path) ? flash : { ...flash, paths: [...flash.paths, path] },
            )
            .filter((flash) => flash.paths.length <= 2),
    );
  }, [path]);

  const { arn } = useSession().me;
  const person = useRef(arn);
  useEffect(() => {
    // Another person must not see messages about this one's actions.
    person.current = arn;
    setFlashes([]);
  }, [arn]);

  const changes = useMemo<Changes>(
    () => ({
      show(kind, content) {
        // An action of the person before can end late.
        if (person.current !== arn) return;
        const flash: Flash = { id: String(++shown), kind, content, paths: [current.current] };
        setFlashes((before) => [flash, ...before].slice(0, 3));
      },
      dismiss: (id) => setFlashes((before) => before.filter((flash) => flash.id !== id)),
    }),
    [arn],
  );
  return (
    <ChangeContext value={changes}>
      <FlashContext value={flashes}>{children}</FlashContext>
    </ChangeContext>
  );
}

function useChanges(): Changes {
  const value = useContext(ChangeContext);
  if (value === undefined) throw new Error("useFlash is called outside of FlashProvider.");
  return value;
}

/** Shows a message at the top of this page and, if the person is led on, of the next. */
export function useFlash(): Changes["show"] {
  return useChanges().show;
}

export const FlashMessages = memo(function FlashMessages() {
  const flashes = useContext(FlashContext);
  const { dismiss } = useChanges();
  const text = useText();
  const items: FlashbarProps.MessageDefinition[] = flashes.map(({ id, kind, content }) => ({
    id,
    type: kind,
    // Screen readers read it out.
    ariaRole: kind === "success" || kind === "info" ? "status" : "alert",
    content,
    dismissible: true,
    dismissLabel: text.common.dismiss,
    onDismiss: () => dismiss(id),
  }));
  // One message at a time, with a button that shows the others, because several fill a small window or a magnified page.
  return <Flashbar items={items} stackItems />;
});
