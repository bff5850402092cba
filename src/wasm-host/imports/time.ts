import { HostError } from '../host-error.ts';
import { none, some64 } from '../memory/blocks.ts';
import type { ImportGroup } from './import-group.ts';

/** Timestamps in milliseconds since the epoch, and waiting (language.md §11 time). */
export const timeImports: ImportGroup = (host) => {
  const { memory } = host;
  return {
    now: () => BigInt(Math.floor(host.need('now', 'now')())),
    sleep: (ms: bigint) => {
      if (ms > 0n) host.need('sleep', 'sleep')(Number(ms));
    },
    timestamp_to_string: (time: bigint) => memory.writeText(isoText(time)),
    timestamp_to_int: (time: bigint) => time,
    timestamp_from_int: (ms: bigint) => ms,
    timestamp_parse_iso: (text: number) => {
      const ms = Date.parse(memory.text(text));
      return Number.isNaN(ms) ? none(memory) : some64(memory, BigInt(ms));
    },
    // Both wrap on the way back.
    timestamp_add: (time: bigint, ms: bigint) => time + ms,
    timestamp_diff: (a: bigint, b: bigint) => a - b,
  };
};

function isoText(time: bigint): string {
  const date = new Date(Number(time));
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw new HostError(
    'conversion',
    `\`timestamp_to_string\` got ${time}, which is outside of the years that a date can have.`,
  );
}
