export function switchBuild(fresh: string, folder: string, others?: readonly string[]): Promise<void>;
