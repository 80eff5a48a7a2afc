/** Moves the focus to the first field of a form that is invalid, after it shows its error. */
export function focusFirstInvalid(form: HTMLElement | null): void {
  requestAnimationFrame(() => {
    // Checkboxes and radio buttons have no aria-invalid: the error of their form field describes them. A table has no error of
    // its own.
    form
      ?.querySelector<HTMLElement>(
        '[aria-invalid="true"], [aria-describedby*="-error"], [data-invalid="true"] input',
      )
      ?.focus();
  });
}
