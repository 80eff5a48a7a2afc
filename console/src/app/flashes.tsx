/** Messages about finished actions, at the top of the page. They stay for one more page and can be closed. */
import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { useText } from "../i18n/text.tsx";
import { useNavigation } from "./router.tsx";

type FlashKind = "success" | "info" | "warning" | "error";

interface Flash {
  readonly id: string;
  readonly kind: FlashKind;
  readonly content: ReactNode;
  /** The pages that it was seen on: two, usually that of the form and that it leads to. */
  readonly paths: readonly string[];
}

interface Flashes {
  readonly flashes: readonly Flash[];
  readonly show: (kind: FlashKind, content: ReactNode) => void;
  readonly dismiss: (id: string) => void;
}

let shown = 0;

const FlashContext = createContext<Flashes | undefined>(undefined);

export function FlashProvider({ children }: { children: ReactNode }) {
  const [flashes, setFlashes] = useState<readonly Flash[]>([]);
  const { path } = useNavigation();

  useEffect(() => {
    setFlashes((before) =>
      before
        .map((flash) => (flash.paths.includes(path) ? flash : { ...flash, paths: [...flash.paths, path] }))
        .filter((flash) => flash.paths.length <= 2),
    );
  }, [path]);

  const show = useCallback(
    (kind: FlashKind, content: ReactNode) => {
      const flash: Flash = { id: String(++shown), kind, content, paths: [path] };
      setFlashes((before) => [flash, ...before].slice(0, 3));
    },
    [path],
  );
  const dismiss = useCallback(
    (id: string) => setFlashes((before) => before.filter((flash) => flash.id !== id)),
    [],
  );
  const value = useMemo(() => ({ flashes, show, dismiss }), [flashes, show, dismiss]);
  return <FlashContext value={value}>{children}</FlashContext>;
}

function useFlashes(): Flashes {
  const value = useContext(FlashContext);
  if (value === undefined) throw new Error("useFlash is called outside of FlashProvider.");
  return value;
}

/** Shows a message at the top of this page and, if the person is led on, of the next. */
export function useFlash(): Flashes["show"] {
  return useFlashes().show;
}

export function FlashMessages() {
  const { flashes, dismiss } = useFlashes();
  const text = useText();
  const items: FlashbarProps.MessageDefinition[] = flashes.map(({ id, kind, content }) => ({
    id,
    type: kind,
    content,
    dismissible: true,
    dismissLabel: text.common.dismiss,
    onDismiss: () => dismiss(id),
  }));
  return <Flashbar items={items} />;
}
