import { formatDuration } from '../../shared/duration.ts';

/** `2026-01-31T12:00:00Z (5m ago)`, or `(in 5m)`: the exact time, and what it means now. */
export function moment(iso: string, nowMs: number): string {
  const ms = Date.parse(iso) - nowMs;
  if (Number.isNaN(ms)) return iso;
  const seconds = (abs: number) => formatDuration(Math.max(Math.round(abs / 1000), 0) * 1000);
  return `${toSeconds(iso)} (${ms > 0 ? `in ${seconds(ms)}` : `${seconds(-ms)} ago`})`;
}

/** How long ago it was, as a cell of a table. */
export function ageOf(iso: string, nowMs: number): string {
  return formatDuration(Math.max(0, Math.floor((nowMs - Date.parse(iso)) / 1000)) * 1000);
}

/** An ISO time without its fraction of a second. */
export function toSeconds(iso: string): string {
  return iso.replace(/\.\d+Z$/, 'Z');
}
