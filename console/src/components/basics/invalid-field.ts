/** Moves the focus to the first field of a form that is invalid, after it shows its error. */
export function focusFirstInvalid(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => {
    // Checkboxes and radio buttons have no aria-invalid: the error of their form field describes them.
    form?.querySelector<HTMLElement>('[aria-invalid="true"], [aria-describedby*="-error"]')?.focus();
  });
}
