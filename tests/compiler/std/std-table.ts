import { expect, it } from 'vitest';

import type { ClarityValue } from '../../../src/wasm-host/value.ts';
import { runStd } from './std-module.ts';

export type StdRow = readonly [name: string, args: readonly ClarityValue[], result: ClarityValue];

/** One test a row: the function of the bundled module gives this for these arguments. */
export function stdRows(module: string, rows: readonly StdRow[]): void {
  const { instance } = runStd(module);
  it.each(rows.map(([name, args, result]) => ({ name, args, result, title: `${name}(${args.map(show).join(', ')})` })))(
    '$title',
    ({ name, args, result }) => {
      expect(instance.call(name, args)).toEqual(result);
    },
  );
}

const show = (value: ClarityValue) =>
  JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'bigint' ? `${item}n` : item instanceof Map ? [...item] : item,
  );
