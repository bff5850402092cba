import { notAvailable } from '../not-available.ts';
import { input, limit, OBJECTS, output } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const getAgentRuns = defineTool({
  name: 'runtime__get_agent_runs',
  title: 'Runs of agents',
  description: 'The runs of agents, the newest first. Not available yet.',
  inputSchema: input({ limit: limit(100, 'runs') }),
  outputSchema: output({ items: OBJECTS }),
  annotations: ANNOTATIONS.reading,
  run: () => notAvailable('runs of agents'),
});
