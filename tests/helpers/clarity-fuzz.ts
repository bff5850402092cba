import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

import type { CompileResult } from '../../src/compiler/compile.ts';
import { compileText, findings } from './clarity-compile.ts';
import { CORPUS } from './clarity-corpus.ts';

/** The texts of all conformance programs: what mutations start from. */
export const corpusTexts: readonly string[] = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.clarity'))
  .sort()
  .map((name) => readFileSync(join(CORPUS, name), 'utf8'));

/** A text as the tokens and blanks that it is made of. */
export const tokensOf = (text: string): string[] =>
  text.match(/\s+|\/\/[^\n]*|"""|"(?:[^"\\\n]|\\.)*"|\w+|->|\+\+|[=!<>]=|\.\.|[^\w\s]/gu) ?? [];

/** What holds for every text: no throw, diagnostics with places inside of their file, valid wasm or an error. */
export function expectSound(text: string): CompileResult {
  const result = compileText(text);
  for (const { source, span, message } of result.diagnostics) {
    expect(message).not.toBe('');
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(source.text.length);
  }
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
  if (result.wasm === undefined) expect(errors.length).toBeGreaterThan(0);
  else {
    expect(findings({ diagnostics: errors })).toEqual([]);
    expect(WebAssembly.validate(result.wasm)).toBe(true);
  }
  return result;
}

/** That a text compiles or is refused, without looking at every place: for texts that are very large. */
export function expectAnswer(text: string): CompileResult {
  const result = compileText(text);
  if (result.wasm === undefined) expect(result.diagnostics.length).toBeGreaterThan(0);
  else expect(WebAssembly.validate(result.wasm)).toBe(true);
  return result;
}
