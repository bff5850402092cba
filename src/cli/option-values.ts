import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../shared/duration.ts';

/** Parses an option's whole number from 1 to 2000 (what the API lists at once); commander reports anything else as a usage error. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 2000)
    throw new InvalidArgumentError('It must be a whole number from 1 to 2000.');
  return value;
}

/** Parses an option's generation: a whole number from 1. */
export function generationNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}

/** A parser of whole numbers from `min` to `max`; commander reports anything else as a usage error. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${String(min)} to ${String(max)}.`);
  };
}

/** Parses an option's list, separated by commas. */
export function commaList(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Parses an option's duration, such as 30s or 2m, into milliseconds. */
export function durationOption(text: string): number {
  const value = parseDuration(text);
  if (value === undefined) throw new InvalidArgumentError('It must be a duration such as 30s, 2m or 500ms.');
  return value;
}

/** Parses an option's list of clients whose configuration can be written: `codex,claude`. */
export function clientList(text: string): readonly ('codex' | 'claude')[] {
  return text.split(',').map((part) => {
    const client = part.trim();
    if (client !== 'codex' && client !== 'claude')
      throw new InvalidArgumentError(
        'It must be codex, claude or both with a comma; for others see clarityctl export.',
      );
    return client;
  });
}
