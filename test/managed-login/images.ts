/** Images whose width tells which one a browser has drawn. */
import { crc32, deflateSync } from "node:zlib";
import type { Page } from "playwright-core";

/** A PNG of one color, one pixel high. */
export function png(width: number, height = 1): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits of red, green and blue.
  header.set([8, 2], 8);
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(width * 3, 0x7a)]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** An icon file around a PNG. */
export function ico(width: number): Buffer {
  const image = png(width, width);
  const header = Buffer.alloc(22);
  // One icon, its size, 24 bits of color, and where the PNG is.
  header.set([0, 0, 1, 0, 1, 0, width, width]);
  header.writeUInt16LE(1, 10);
  header.writeUInt16LE(24, 12);
  header.writeUInt32LE(image.length, 14);
  header.writeUInt32LE(22, 18);
  return Buffer.concat([header, image]);
}

export function svg(width: number, inside = `<rect width="${width}" height="16" fill="#7a1fa2"/>`): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="16" viewBox="0 0 ${width} 16">${inside}</svg>`,
  );
}

/** Widths of the images that a page shows, once they are there. */
export async function drawnWidths(page: Page, selector: string): Promise<number[]> {
  return page.evaluate(`(async () => {
    const images = [...document.querySelectorAll(${JSON.stringify(selector)})];
    return Promise.all(images.map((image) => image.decode().then(() => image.naturalWidth)));
  })()`);
}

/** A JPEG of 23 pixels, made by the browser. */
export async function drawJpeg(page: Page): Promise<Buffer> {
  const address = await page.evaluate<string>(
    `(() => { const c = document.createElement("canvas"); c.width = 23; c.height = 4; return c.toDataURL("image/jpeg"); })()`,
  );
  return Buffer.from(address.replace(/^.*,/, ""), "base64");
}
