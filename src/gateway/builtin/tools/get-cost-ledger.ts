import { notAvailable } from '../not-available.ts';
import { input, limit, OBJECTS, output, RUN_ID } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const getCostLedger = defineTool({
  name: 'runtime__get_cost_ledger',
  title: 'Costs of runs',
  description: 'What runs have cost, by run. Not available yet.',
  inputSchema: input({ limit: limit(200, 'runs'), run_id: RUN_ID }),
  outputSchema: output({ items: OBJECTS }),
  annotations: ANNOTATIONS.reading,
  run: () => notAvailable('costs'),
});
