import { printable } from '../shared/text.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';

/** Anything that takes text: process.stderr, a file, a list in a test. */
export interface TextOutput {
  write(text: string): unknown;
}

const COLORS: Record<string, string> = { trace: '90', debug: '36', info: '32', warn: '33', error: '31' };
const STANDARD = new Set(['level', 'time', 'msg']);

/** Turns pino's JSON lines into `12:04:31.250 INFO  message  key=value` (UTC). Text from outside can never steer the terminal. */
export function prettyStream(output: TextOutput, options: { color: boolean }): TextOutput {
  return { write: (line) => output.write(`${prettyLine(line, options.color)}\n`) };
}

function prettyLine(line: string, color: boolean): string {
  const entry = parse(line);
  if (entry === undefined) return printable(line.trimEnd());
  const level = text(entry.level);
  const paint = (code: string | undefined, shown: string) =>
    color && code ? `\u001b[${code}m${shown}\u001b[0m` : shown;
  const time = text(entry.time).slice(11, 23);
  const fields = Object.entries(entry)
    .filter(([key, value]) => !STANDARD.has(key) && value !== undefined)
    .map(([key, value]) => `  ${paint('90', `${printable(key)}=`)}${printable(text(value))}`);
  const head = `${paint('90', time)} ${paint(COLORS[level], level.toUpperCase().padEnd(5))} ${printable(text(entry.msg))}`;
  return head + fields.join('');
}

/** A bare word as it is, everything else as JSON; an error as its message. */
function text(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (isJsonObject(value) && typeof value.message === 'string' && value.stack === undefined) return value.message;
  return value === undefined ? '' : JSON.stringify(value);
}

function parse(line: string): JsonObject | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return isJsonObject(entry) ? entry : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
