/** How runtimes begin the line that says what went wrong: Node and Python name a class, Go and Rust panic, programs say "error:" or "fatal:". */
const TELLING = /^\s*(?:uncaught )?(?:[\w.$]*(?:Error|Exception)\b.*:|(?:error|fatal|panic)\b|thread '.*' panicked)/i;
const LINES = 3;

/**
 * What a process said at last, for one line of a message: the last line that tells an error with what follows it, at most three lines; where
 * none does, the last three. Stack frames, source positions and closing brackets between them tell nobody anything. Oldest first in `lines`.
 */
export function lastWords(lines: readonly string[]): string {
  const at = lines.findLastIndex((line) => TELLING.test(line));
  const told = lines.slice(Math.max(at, 0)).filter((line) => !isNoise(line));
  return (at === -1 ? told.slice(-LINES) : told.slice(0, LINES)).join(' | ');
}

/** Stack frames, the fields of an error that Node prints, the version that it ends with, and lines of brackets or rules only. */
function isNoise(line: string): boolean {
  return /^\s*(?:at .+|node:internal.*|code: '\w+',?|requireStack: .*|Node\.js v[\d.]+|[\s^~{}[\]()=*_-]*)$/.test(line);
}
