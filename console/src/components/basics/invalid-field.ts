/**
 * Checkboxes and radio buttons have no aria-invalid: the error of their form field describes them. Of a table with
 * `data-invalid` the first row is meant, or the search above it if there are no rows.
 */
const PLACES = [
  '[aria-invalid="true"], [aria-describedby*="-error"]',
  '[data-invalid="true"] tbody input',
  '[data-invalid="true"] input',
];

/** Moves the focus to the first field of a form that is invalid, after it shows its error. */
export function focusFirstInvalid(form: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const places = PLACES.map((place) => form?.querySelector<HTMLElement>(place));
    places.find((field) => field)?.focus();
  });
}
