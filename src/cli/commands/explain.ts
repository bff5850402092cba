import { explain, type Explanation } from '../../manifest/index.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';
import type { Paint } from '../output/paint.ts';
import { wrapText } from '../output/wrap.ts';

interface Options {
  readonly recursive?: boolean;
}

export const explainCommand = defineCommand<Options>({
  name: 'explain',
  group: 'setup',
  summary: 'Tell what a field of a manifest means',
  details: 'Without a path: the whole document. A path may begin with a kind: policy.spec.tools.',
  examples: [
    'clarityctl explain spec.origin.local_stdio.command',
    'clarityctl explain spec --recursive',
    'clarityctl explain policy.spec.tools -o json',
  ],
  formats: ['text', 'json', 'yaml'],
  configure: (command) =>
    command.argument('[path]', 'dotted path of a field').option('--recursive', 'the fields below too, as a tree'),
  run(context, [path = ''], { recursive = false }) {
    const found = explain(path, { recursive });
    if ('suggestions' in found) {
      const hint =
        found.suggestions.length === 0 ? 'See clarityctl explain.' : `Did you mean ${found.suggestions.join(', ')}?`;
      throw new CliError(EXIT.no, `there is no field "${path}"`, { hint });
    }
    if (!printData(context, found)) context.print(wrapText(renderExplanation(found, context.paint), context.width));
    return Promise.resolve(EXIT.ok);
  },
});

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
