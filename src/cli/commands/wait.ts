import { firstLine, oneLine } from '../../shared/text.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';
import { durationOption } from '../option-values.ts';
import { tellTrouble } from '../tell-trouble.ts';

interface Options {
  readonly for: string;
  readonly timeout?: number;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const GOALS = /^(ready|stopped|delete|condition=(Ready|Reconciling|Stalled|Synced|Healthy)(=(True|False|Unknown))?)$/i;

export const waitCommand = defineCommand<Options>({
  name: 'wait',
  group: 'observed',
  summary: 'Wait until a service is as you want it',
  details:
    'Looks at the manifests afresh first, never answers from an older generation, and ends at once where a person is needed. What fails meanwhile is told on stderr. Exit 1: not met.',
  examples: [
    'clarityctl wait files --for=ready',
    'clarityctl wait files --for=condition=Healthy=True --timeout 2m',
    'clarityctl wait files --for=delete',
  ],
  formats: ['text', 'json', 'yaml'],
  configure: (command) =>
    command
      .argument('<name>', 'name or service id')
      .option(
        '--for <goal>',
        'ready, stopped, delete or condition=TYPE[=STATUS]; TYPE: Ready, Reconciling, Stalled, Synced, Healthy',
        'ready',
      )
      .option('--timeout <duration>', 'at most this long, up to 10m (30s)', durationOption),
  async run(context, [name = ''], options) {
    const goal = options.for
      .replace(/^\w+/, (word) => word.toLowerCase())
      .replace(/=(true|false|unknown)$/i, (status) => `=${capitalised(status.slice(1))}`);
    if (!GOALS.test(goal))
      throw new CliError(EXIT.usage, `--for=${options.for} is not known`, {
        hint: 'Use ready, stopped, delete or condition=TYPE[=STATUS]; TYPE is Ready, Reconciling, Stalled, Synced or Healthy.',
      });
    const { client, signal } = context;
    const timeoutMs = options.timeout ?? DEFAULT_TIMEOUT_MS;
    const answer = await tellTrouble(context, name, () => client.wait(name, goal, { timeoutMs, signal }));
    const told = printData(context, answer);
    if (answer.met && !told) context.print(`service/${name} condition met: ${oneLine(answer.why, 2000)}`);
    if (!answer.met) context.warn(`service/${name} condition not met: ${oneLine(firstLine(answer.why), 2000)}`);
    return answer.met ? EXIT.ok : EXIT.no;
  },
});

function capitalised(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`;
}
