import { describe, expect, it } from 'vitest';

import { compileText, findings } from '../../helpers/clarity-compile.ts';
import { corpusTexts, tokensOf } from '../../helpers/clarity-fuzz.ts';
import { sized } from '../../helpers/size.ts';

/** Every so many tokens are damaged. */
const STRIDE = sized(7, 1);

/** Programs that compile, with one token lost or written twice that is no blank and no comment. */
function* damagedPrograms(): Generator<string> {
  let count = 0;
  for (const text of corpusTexts.filter((one) => compileText(one).wasm !== undefined)) {
    const tokens = tokensOf(text);
    for (const [i, token] of tokens.entries()) {
      if (/^(?:\s|\/\/)/.test(token) || count++ % STRIDE !== 0) continue;
      yield tokens.toSpliced(i, 1, ' ').join('');
      yield tokens.toSpliced(i, 0, token).join('');
    }
  }
}

describe('a program with one damaged token', () => {
  it('has its syntax error as the first finding, not what follows from it', () => {
    const wrong: string[] = [];
    for (const text of damagedPrograms()) {
      const result = compileText(text);
      const kinds = result.diagnostics.filter(({ severity }) => severity === 'error').map(({ kind }) => kind);
      if (kinds.includes('parse') && kinds[0] !== 'parse' && kinds[0] !== 'foreign-syntax')
        wrong.push(`${text}\n${findings(result).join('\n')}`);
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  });
});
