import { notAvailable } from '../not-available.ts';
import { input, limit, OBJECTS, output, RUN_ID } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const getAgentEvents = defineTool({
  name: 'runtime__get_agent_events',
  title: 'Events of agents',
  description: 'The events of agents, oldest first. Not available yet.',
  inputSchema: input({ limit: limit(200, 'events'), run_id: RUN_ID }),
  outputSchema: output({ items: OBJECTS }),
  annotations: ANNOTATIONS.reading,
  run: () => notAvailable('events of agents'),
});
