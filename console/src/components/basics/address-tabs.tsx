import Tabs, { type TabsProps } from "@cloudscape-design/components/tabs";
import { useEffect } from "react";
import { useAddressState } from "../../app/router.tsx";

interface Props {
  readonly ariaLabel: string;
  /** The first one is shown without a choice. */
  readonly tabs: readonly [TabsProps.Tab, ...TabsProps.Tab[]];
}

/** Tabs whose choice is in the address. */
export function AddressTabs({ ariaLabel, tabs }: Props) {
  const first = tabs[0].id;
  const [{ tab }, change] = useAddressState({ tab: first });
  const isKnown = tabs.some(({ id }) => id === tab);
  useEffect(() => {
    // A tab that is not there (any more), such as the secrets of a client that has none.
    if (!isKnown) change({ tab: first });
  });
  return (
    <Tabs
      ariaLabel={ariaLabel}
      activeTabId={isKnown ? tab : first}
      onChange={({ detail }) => change({ tab: detail.activeTabId })}
      tabs={tabs}
    />
  );
}
