import { cosine } from '../cosine.ts';
import type { ImportGroup } from './import-group.ts';
import { JsonDocuments } from './json-document.ts';

/** The parts of embedding that need no model (language.md §11 embed). */
export const embedImports: ImportGroup = (host) => {
  const { memory } = host;
  const documents = new JsonDocuments(host);
  const vector = (json: number) => numbers(documents.read(memory.text(json)));
  return {
    cosine_similarity: (a: number, b: number) => cosine(vector(a), vector(b)),
    chunk_text: (text: number, size: bigint) => memory.writeText(JSON.stringify(chunks(memory.text(text), size))),
  };
};

/** A JSON array of numbers; undefined for anything else. */
function numbers(value: unknown): readonly number[] | undefined {
  const all = Array.isArray(value) && value.every((item) => typeof item === 'number');
  return all ? value : undefined;
}

/** Pieces of so many UTF-16 code units; a size below 1 counts as 1. */
function chunks(text: string, size: bigint): string[] {
  const step = Math.max(1, Number(size));
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += step) pieces.push(text.slice(at, at + step));
  return pieces;
}
