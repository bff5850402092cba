import type { Paint } from '../../cli/output/paint.ts';
import { printable } from '../../shared/text.ts';
import type { TestedFile } from '../run/test.ts';

/** The outcome of tests for a person (language.md §10): a line each, what failed below it, and the totals. `filter` is what the names had to hold. */
export function testReport(
  tested: readonly TestedFile[],
  broken: number,
  paint: Paint,
  filter: string | undefined,
): string {
  const results = tested.flatMap((file) => file.results);
  const failed = results.filter(({ status }) => status === 'fail').length;
  const totals = [
    results.length === 0 ? noTests(filter) : `${String(results.length - failed)} passed`,
    failed > 0 ? `${String(failed)} failed` : '',
    broken > 0 ? `${String(broken)} ${broken === 1 ? 'file' : 'files'} with errors` : '',
  ];
  const verdict = totals.filter((text) => text !== '').join(', ');
  const tint = failed > 0 || broken > 0 ? paint.red : paint.green;
  return [...results.flatMap((result) => resultLines(result, paint)), paint.bold(tint(verdict))].join('\n');
}

const noTests = (filter: string | undefined) =>
  filter === undefined ? 'no tests' : printable(`no tests with ${JSON.stringify(filter)} in their names`);

function resultLines(result: TestedFile['results'][number], paint: Paint): readonly string[] {
  const { name, status, assertions, failures, runtime_error: fault, location } = result;
  const count = `${String(assertions)} ${assertions === 1 ? 'assertion' : 'assertions'}`;
  if (status === 'pass') return [`${paint.green('[PASS]')} ${name} (${count})`];
  const lines = failures.map(({ kind, actual, expected }) =>
    printable(`  ${kind}: expected ${expected}, got ${actual}`),
  );
  if (fault !== undefined) lines.push(printable(`  ${fault}`));
  return [
    `${paint.red('[FAIL]')} ${name} (${count})`,
    ...lines,
    `  --> ${printable(location)}`,
    ...(failures.length === 0 ? [] : ['  = help: an assertion takes the actual value first, then the expected one']),
  ];
}
