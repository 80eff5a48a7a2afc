import { write } from "node:fs";

/** Entries that wait for a reader of standard error who does not read. Later ones are dropped. */
const MAX_WAITING_CHARACTERS = 4 * 1024 * 1024;

const TRY_AGAIN_MILLISECONDS = 100;

/**
 * Writes on standard error, off the main thread. What cannot be written, as on a full disk, is lost; the process goes on. Pino's own
 * destination would end the process at the first error, and at its end try forever.
 */
function createStandardError(): (text: string) => void {
  let waiting: string[] = [];
  let waitingCharacters = 0;
  let isWriting = false;

  const writeRest = (bytes: Buffer) => {
    write(2, bytes, (error, written) => {
      // A pipe that does not block, while it is full.
      if (error?.code === "EAGAIN") setTimeout(writeRest, TRY_AGAIN_MILLISECONDS, bytes);
      else if (error === null && written < bytes.length) writeRest(bytes.subarray(written));
      else writeWaiting();
    });
  };
  const writeWaiting = () => {
    isWriting = waiting.length > 0;
    if (!isWriting) return;
    const bytes = Buffer.from(waiting.join(""));
    waiting = [];
    waitingCharacters = 0;
    writeRest(bytes);
  };
  return (text) => {
    if (waitingCharacters > MAX_WAITING_CHARACTERS) return;
    waiting.push(text);
    waitingCharacters += text.length;
    if (!isWriting) writeWaiting();
  };
}

/** Writes whole lines after those that it was given before. One for all of the process: two could write into each other's lines. */
export const writeToStandardError = createStandardError();
