/** The names of a device's system and browser from its `User-Agent`. */
interface DeviceDescription {
  /** `Chrome 120, Windows 10`. */
  readonly name: string;
  /** Without versions, because browsers update themselves: `Chrome, Windows`. */
  readonly family: string;
}

/**
 * Characters that are read; browsers send some 150. Clients write this text, and some of the expressions below take a time that
 * grows with the square of its length.
 */
const MAX_CHARACTERS = 512;

/** The first that matches counts: most browsers name others, too. */
const BROWSERS: readonly (readonly [string, RegExp])[] = [
  ["Edge", /\bEdg(?:e|A|iOS)?\/(\d+)/],
  ["Opera", /\b(?:OPR|Opera)\/(\d+)/],
  ["Samsung Internet", /\bSamsungBrowser\/(\d+)/],
  ["Firefox", /\b(?:Firefox|FxiOS)\/(\d+)/],
  ["Chrome", /\b(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/],
  ["Safari", /\bVersion\/(\d+)(?:\.[\d.]*)? (?:Mobile\/\S+ )?Safari\//],
  ["aws-cli", /\baws-cli\/(\d+)/],
  ["Boto3", /\bBoto3\/(\d+)/],
  ["aws-sdk", /\baws-sdk-[\w-]+\/(\d+)/],
  ["Amplify", /\b(?:aws-)?amplify\/(\d+)/i],
];

const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ["iOS", /\b(?:iPhone )?OS (\d+)(?:_[_\d]*)? like Mac OS X/],
  ["Android", /\bAndroid (\d+)/],
  ["Windows", /\bWindows NT (\d+)/],
  ["Mac OS X", /\bMac OS X (\d+)/],
  ["Chrome OS", /\bCrOS \S+ (\d+)/],
  ["Linux", /\bLinux\b()/i],
];

/** @returns undefined for a text that names neither a browser nor a system */
export function describeUserAgent(userAgent: string | undefined): DeviceDescription | undefined {
  if (!userAgent) return undefined;
  const text = userAgent.slice(0, MAX_CHARACTERS);
  const browser = find(BROWSERS, text);
  const system = find(SYSTEMS, text);
  if (browser === undefined && system === undefined) return undefined;
  return {
    name: `${browser?.name ?? "Other"}, ${system?.name ?? "Other"}`,
    family: `${browser?.family ?? "Other"}, ${system?.family ?? "Other"}`,
  };
}

function find(table: typeof BROWSERS, text: string): { name: string; family: string } | undefined {
  for (const [family, pattern] of table) {
    const [, version] = pattern.exec(text) ?? [];
    if (version !== undefined) return { family, name: version === "" ? family : `${family} ${version}` };
  }
  return undefined;
}
