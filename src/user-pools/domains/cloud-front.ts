import { createHash } from "node:crypto";

/**
 * The name that stands for the CDN in front of a domain. There is none here: clients only show it or put it into a DNS
 * record, so it has CloudFront's form and is the same for one domain every time.
 */
export function cloudFrontName(domain: string): string {
  const letters = createHash("sha256").update(domain).digest("hex").slice(0, 13);
  return `d${letters}.cloudfront.net`;
}
