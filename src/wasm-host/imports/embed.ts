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

/** 0 where there is no angle: no vectors, different lengths, a vector of zeros. */
function cosine(a: readonly number[] | undefined, b: readonly number[] | undefined): number {
  if (a === undefined || a.length !== b?.length) return 0;
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? 0;
    product += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return squaresA === 0 || squaresB === 0 ? 0 : product / (Math.sqrt(squaresA) * Math.sqrt(squaresB));
}

/** Pieces of so many UTF-16 code units; a size below 1 counts as 1. */
function chunks(text: string, size: bigint): string[] {
  const step = Math.max(1, Number(size));
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += step) pieces.push(text.slice(at, at + step));
  return pieces;
}
