import { InvalidParameterException } from "../../api-model/index.ts";

const KIND_OF_START: readonly (readonly [start: readonly number[], contentType: string])[] = [
  [[0x89, 0x50, 0x4e, 0x47], "image/png"],
  [[0xff, 0xd8, 0xff], "image/jpeg"],
];

/** The MIME type of a PNG or JPEG by how it begins; undefined for anything else. */
export function imageType(image: Uint8Array): string | undefined {
  return KIND_OF_START.find(([start]) => start.every((byte, index) => image[index] === byte))?.[1];
}

/** Developer Guide, "Customizing the hosted UI (classic) branding": size of a logo. */
const MAX_LOGO_BYTES = 100 * 1024;

/**
 * The text for the size was reported for whole requests; the other one is ours.
 *
 * @throws InvalidParameterException the logo is neither PNG nor JPEG, or is too large
 */
export function checkLogo(image: Uint8Array): void {
  if (image.length > MAX_LOGO_BYTES) throw new InvalidParameterException("request parameters too large");
  if (imageType(image) === undefined) {
    throw new InvalidParameterException("The image must be a PNG or JPEG file.");
  }
}
