/** The parts that pages are made of. */
import type { ComponentChildren } from "preact";
import { ErrorIcon, SuccessIcon } from "./icons.tsx";

/** The message of a page about the step before. */
export interface Notice {
  readonly kind: "error" | "success" | "info";
  readonly text: string;
}

export function Heading({
  title,
  subtitle,
}: {
  readonly title: string;
  readonly subtitle?: string | undefined;
}) {
  return (
    <>
      <h1>{title}</h1>
      {subtitle && <p class="subtitle textDescription-customizable">{subtitle}</p>}
    </>
  );
}

interface NoticeBoxProps {
  readonly notice: Notice | undefined;
  readonly id?: string | undefined;
}

export function NoticeBox({ notice, id = "notice" }: NoticeBoxProps) {
  if (notice === undefined) return null;
  const isError = notice.kind === "error";
  return (
    <div class={`alert ${notice.kind}${isError ? " errorMessage-customizable" : ""}`}>
      {notice.kind === "success" ? <SuccessIcon /> : <ErrorIcon />}
      <p role={isError ? "alert" : "status"} id={id}>
        {notice.text}
      </p>
    </div>
  );
}

/** A link below a form. */
export function FootLink({
  href,
  children,
}: {
  readonly href: string;
  readonly children: ComponentChildren;
}) {
  return (
    <p class="foot">
      <a href={href}>{children}</a>
    </p>
  );
}

export type Hidden = Readonly<Record<string, string | undefined>>;

/** Fields that go with a form unseen. */
export function HiddenFields({ fields }: { readonly fields: Hidden }) {
  return (
    <>
      {Object.entries(fields).map(([name, value]) =>
        value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
    </>
  );
}

export interface FieldProps {
  readonly name: string;
  /** Its name, if it is not given. */
  readonly id?: string | undefined;
  readonly label: string;
  readonly type?: "text" | "password" | "tel";
  readonly value?: string | undefined;
  readonly autocomplete?: string;
  /** The kind of keyboard on a phone. */
  readonly inputmode?: "numeric" | "email" | "tel" | "text";
  readonly required?: boolean;
  readonly hint?: string | undefined;
  /** Beside the label. */
  readonly aside?: ComponentChildren;
  readonly className?: string;
  readonly maxLength?: number;
  /** It gets the focus when the page opens. */
  readonly isFirst?: boolean | undefined;
  readonly isInvalid?: boolean | undefined;
  /** The id of the message that says why. */
  readonly noticeId?: string | undefined;
  /** Of classic pages, where the label belongs to the field of the first card alone: it is part of the name, too. */
  readonly placeholder?: string | undefined;
}

export function Field({
  name,
  id = name,
  label,
  type = "text",
  value = "",
  autocomplete = "off",
  inputmode,
  required = true,
  hint,
  aside,
  className,
  maxLength,
  isFirst,
  isInvalid,
  noticeId = "notice",
  placeholder,
}: FieldProps) {
  const hintId = hint === undefined ? undefined : `${name}-hint`;
  const describedBy = [isInvalid ? noticeId : undefined, hintId].filter(Boolean).join(" ");
  return (
    <div class="field">
      <div class="label label-customizable">
        <label for={id}>{label}</label>
        {aside && <span class="aside">{aside}</span>}
      </div>
      <input
        id={id}
        name={name}
        // The types distinguish roles by it, and no role is used here.
        type={type as "text"}
        value={value}
        autocomplete={autocomplete}
        inputmode={inputmode}
        required={required}
        class={className ? `inputField-customizable ${className}` : "inputField-customizable"}
        maxLength={maxLength}
        placeholder={placeholder}
        aria-label={placeholder && (placeholder === label ? label : `${label} (${placeholder})`)}
        autofocus={isFirst}
        aria-invalid={isInvalid ? "true" : undefined}
        aria-describedby={describedBy === "" ? undefined : describedBy}
        autocapitalize="none"
        spellcheck={false}
      />
      {hint !== undefined && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** A code that was sent or that an app shows. */
export function CodeField(props: Pick<FieldProps, "id" | "label" | "isInvalid">) {
  return (
    <Field
      {...props}
      name="code"
      autocomplete="one-time-code"
      inputmode="numeric"
      className="code"
      maxLength={16}
      isFirst
    />
  );
}

export function PrimaryButton({
  children,
  name,
}: {
  readonly children: ComponentChildren;
  readonly name?: string | undefined;
}) {
  return (
    <button type="submit" class="primary submitButton-customizable" name={name}>
      {children}
    </button>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
  /** Beside the label, which says it all. */
  readonly drawing?: ComponentChildren;
}

/** One of several values. */
export function Options({
  name,
  legend,
  options,
}: {
  readonly name: string;
  readonly legend: string;
  readonly options: readonly Option[];
}) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {options.map(({ value, label, drawing }, index) => (
        <label class="option" key={value}>
          <input type="radio" name={name} value={value} checked={index === 0} />
          <span>{label}</span>
          {drawing}
        </label>
      ))}
    </fieldset>
  );
}

export function Divider({ text }: { readonly text: string }) {
  return <div class="divider">{text}</div>;
}
