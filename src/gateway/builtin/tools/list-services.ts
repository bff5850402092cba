import { input, output, SUM } from '../schemas.ts';
import { sumOf } from '../service-sum.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const listServices = defineTool({
  name: 'runtime__list_services',
  title: 'List services',
  description: 'Every service that is declared, with its state and health; disabled and failed ones too.',
  inputSchema: input(),
  outputSchema: output({ services: { type: 'array', items: SUM } }),
  annotations: ANNOTATIONS.reading,
  run: (_args, { runtime, present }) => ({
    json: { services: runtime.list().map((view) => sumOf(view, present)) },
  }),
});
