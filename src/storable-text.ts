/** Whether every database can keep a text: without U+0000 and halves of surrogate pairs, which are legal in JSON and JavaScript. */
export function isStorableText(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}
