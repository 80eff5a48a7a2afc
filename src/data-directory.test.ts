import { mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../test/support/temporary-folder.ts";
import { openDataDirectory } from "./data-directory.ts";

describe("the data folder", () => {
  it("is made for its owner alone, with the folders above it", () => {
    const folder = join(temporaryFolder(), "new", "folder with blanks", "データ");
    openDataDirectory(folder);
    openDataDirectory(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it("can be a link to a folder", () => {
    const place = temporaryFolder();
    mkdirSync(join(place, "folder"));
    symlinkSync("folder", join(place, "link"));
    expect(openDataDirectory(join(place, "link")).config).toBe(join(place, "link", "config"));
  });

  it("is refused if it is a file, lies below one, or is a link to nothing", () => {
    const place = temporaryFolder();
    writeFileSync(join(place, "file"), "");
    symlinkSync("nothing", join(place, "link"));
    for (const name of ["file", "file/folder", "link"])
      expect(() => openDataDirectory(join(place, name)), name).toThrow(/EEXIST|ENOTDIR/);
  });

  it.skipIf(process.platform !== "linux")("is refused where no folder can be made", () => {
    expect(() => openDataDirectory("/proc/cognate")).toThrow("ENOENT");
  });
});
