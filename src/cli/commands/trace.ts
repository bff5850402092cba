import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';
import { renderTrace } from '../output/trace-lines.ts';
import { traceService } from '../service-trace.ts';

export const traceCommand = defineCommand({
  name: 'trace',
  group: 'observed',
  summary: 'Follow a service from its line in a file to the process that answers',
  details:
    'File and line, the revision that brought it, who wrote it, its generation and outcome, the plan, the process, the interface.',
  examples: ['clarityctl trace files', 'clarityctl trace files -o json'],
  formats: ['text', 'json', 'yaml'],
  configure: (command) => command.argument('<name>', 'name or service id'),
  async run(context, [name = '']) {
    const { client, signal, paint, input } = context;
    const [{ service }, { items }, sources] = await Promise.all([
      client.service(name, { signal }),
      client.history(name, { signal }),
      client.sources({ signal }),
    ]);
    const source = sources.items.find((each) => each.name === service.origin.source);
    const trace = traceService(service, items, source);
    if (!printData(context, trace)) context.print(renderTrace(trace, paint, input.clock.now()));
    return EXIT.ok;
  },
});
