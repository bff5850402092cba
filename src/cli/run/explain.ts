import { explain, type Explanation } from '../../manifest/index.ts';
import { CliError, EXIT, type ExitCode } from '../cli-error.ts';
import { printData, type CommandContext } from '../command-context.ts';
import type { Paint } from '../output/paint.ts';
import { wrapText } from '../output/wrap.ts';

import type { Options } from '../commands/explain.ts';

/** The body of `clarityctl explain`. */
export function runExplain(
  context: CommandContext,
  [path = '']: readonly string[],
  { recursive = false }: Options,
): Promise<ExitCode> {
  const found = explain(path, { recursive });
  if ('suggestions' in found) {
    const hint =
      found.suggestions.length === 0 ? 'See clarityctl explain.' : `Did you mean ${found.suggestions.join(', ')}?`;
    throw new CliError(EXIT.no, `there is no field "${path}"`, { hint });
  }
  if (!printData(context, found)) context.print(wrapText(renderExplanation(found, context.paint), context.width));
  return Promise.resolve(EXIT.ok);
}

function renderExplanation(found: Explanation, paint: Paint): string {
  const facts = [
    ['FIELD', found.path === '' ? '(document)' : found.path],
    ['TYPE', `${found.type}${found.required ? ', required' : ''}`],
    ...(found.default === undefined ? [] : [['DEFAULT', JSON.stringify(found.default)]]),
    ...(found.enum === undefined ? [] : [['ONE OF', found.enum.map((value) => JSON.stringify(value)).join(', ')]]),
  ];
  const head = facts.map(([title = '', text = '']) => `${paint.bold(`${title}:`.padEnd(9))} ${text}`);
  const fields = found.fields.flatMap(({ name, type, required, description }) => [
    `  ${paint.cyan(name)}  <${type}>${required ? ' required' : ''}`,
    ...(description === '' ? [] : [`      ${description}`]),
  ]);
  return [
    ...head,
    '',
    `  ${found.description}`,
    ...(fields.length === 0 ? [] : ['', paint.bold('FIELDS:'), ...fields]),
  ].join('\n');
}
