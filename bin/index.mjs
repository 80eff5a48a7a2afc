const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 24) throw new Error(`cognate needs Node.js 24 or newer; this is ${process.version}.`);
// Imported here, since older versions of Node lack modules that it imports and must reach the message above.
export const { createServer } = await import("../dist/index.js");
