/** Parts of the account page. */
import type { ComponentChildren } from "preact";
import { type Hidden, HiddenFields } from "../../components.tsx";
import type { Texts } from "../../languages/index.ts";
import type { Item } from "./model.ts";

export function Section({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text?: string | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    <section>
      <h2>{title}</h2>
      {text && <p class="subtitle">{text}</p>}
      {children}
    </section>
  );
}

/** One button that does one thing. */
export function ActionButton({
  hidden,
  action,
  values = {},
  label,
  about,
  className = "secondary",
}: {
  readonly hidden: Hidden;
  readonly action: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly label: string;
  /** The object of the action, for screen readers. */
  readonly about?: string | undefined;
  readonly className?: string;
}) {
  return (
    <form method="post" class="inline">
      <HiddenFields fields={{ ...hidden, action, ...values }} />
      <button
        type="submit"
        class={className}
        aria-label={about === undefined ? undefined : `${label}: ${about}`}
      >
        {label}
      </button>
    </form>
  );
}

export function Row({
  title,
  detail,
  children,
}: {
  readonly title: ComponentChildren;
  readonly detail?: ComponentChildren;
  readonly children?: ComponentChildren;
}) {
  return (
    <li class="row">
      <div>
        <div class="row-title">{title}</div>
        {detail && <div class="hint">{detail}</div>}
      </div>
      {children && <div class="row-actions">{children}</div>}
    </li>
  );
}

export function ItemRows({
  items,
  none,
  timeZone,
  texts,
  action,
}: {
  readonly items: readonly Item[];
  readonly none: string;
  readonly timeZone: string;
  readonly texts: Texts;
  /** The button of an item; undefined while nothing may be changed. */
  readonly action: ((item: Item, name: string) => ComponentChildren) | undefined;
}) {
  if (items.length === 0) return <p class="subtitle">{none}</p>;
  return (
    <ul class="rows">
      {items.map((item) => {
        const name = item.name ?? texts.account.unnamed;
        return (
          <Row
            key={item.id}
            title={
              <>
                <bdi>{name}</bdi>
                {item.isCurrent && <span class="badge">{texts.account.thisBrowser}</span>}
              </>
            }
            detail={
              <>
                {item.detail && `${item.detail} · `}
                {item.at && <Time at={item.at} timeZone={timeZone} tag={texts.tag} />}
              </>
            }
          >
            {action?.(item, name)}
          </Row>
        );
      })}
    </ul>
  );
}

function Time({ at, timeZone, tag }: { readonly at: Date; readonly timeZone: string; readonly tag: string }) {
  const format = new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short", timeZone });
  return (
    <time dateTime={at.toISOString()}>
      {format.format(at)}
      {timeZone === "UTC" && " UTC"}
    </time>
  );
}
