/** Whether a text is an absolute address by HTTP or HTTPS, and not one that runs a script, such as `javascript:`. */
export function isWebAddress(text: string | undefined): boolean {
  const protocol = text === undefined ? undefined : URL.parse(text)?.protocol;
  return protocol === "https:" || protocol === "http:";
}
