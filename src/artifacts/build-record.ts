import { isJsonObject, type Json } from '../shared/json.ts';
import type { Diagnostic } from '../shared/diagnostic.ts';

/** What a service's index file holds: its last good artifact, and out of what it was made. */
export interface BuildRecord {
  /** Equal where recipe and compiler are. */
  readonly key: string;
  /** Hex sha256 of the artifact. */
  readonly hash: string;
  /** Imports that ask for something. */
  readonly imports: readonly string[];
  /** Warnings. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every input, relative where it lies in the workspace, with the mark of its content (content-mark.ts). */
  readonly inputs: readonly (readonly [name: string, mark: string])[];
}

const FORMAT = 1;

/** The text of the index file. */
export function encodeRecord(record: BuildRecord): string {
  return `${JSON.stringify({ format: FORMAT, ...record })}\n`;
}

/** Reads the text of an index file; undefined for anything that we would not have written. */
export function decodeRecord(text: string): BuildRecord | undefined {
  const value = parse(text);
  if (!isJsonObject(value) || value.format !== FORMAT) return undefined;
  const { key, hash, imports, diagnostics, inputs } = value;
  if (typeof key !== 'string' || typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return undefined;
  if (!isTexts(imports) || !Array.isArray(inputs) || !Array.isArray(diagnostics)) return undefined;
  if (!inputs.every((each) => isTexts(each) && each.length === 2) || !diagnostics.every(isDiagnostic)) return undefined;
  // Every member was checked above.
  return { key, hash, imports, diagnostics, inputs };
}

function isDiagnostic(value: Json): boolean {
  if (!isJsonObject(value) || (value.severity !== 'error' && value.severity !== 'warning')) return false;
  const texts = [value.code, value.file, value.message, value.text, value.name ?? '', value.help ?? ''];
  return isTexts(texts) && Number.isInteger(value.line) && Number.isInteger(value.column);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Half of a file, or no file of ours.
    return undefined;
  }
}
