/** A reporter of Vitest that lists the ten slowest test files, so that a file that became slow is seen. */
const COUNT = 10;

export default class SlowestFiles {
  onTestRunEnd(modules) {
    const files = modules
      .map((module) => {
        const { collectDuration, setupDuration, duration } = module.diagnostic();
        return {
          file: module.relativeModuleId,
          seconds: (collectDuration + setupDuration + duration) / 1000,
        };
      })
      .sort((one, other) => other.seconds - one.seconds)
      .slice(0, COUNT);
    if (files.length < COUNT) return;
    console.log("\nThe slowest test files, in seconds:");
    for (const { file, seconds } of files) console.log(`  ${seconds.toFixed(1).padStart(6)}  ${file}`);
  }
}
