import { notAvailable } from '../not-available.ts';
import { input, limit, OBJECTS, output, RUN_ID, text } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const getTraces = defineTool({
  name: 'runtime__get_traces',
  title: 'Traces of calls',
  description: 'Spans of the calls that were made. Not available yet.',
  inputSchema: input({ limit: limit(200, 'spans', 5000), run_id: RUN_ID, trace_id: text('Only those of this trace.') }),
  outputSchema: output({ items: OBJECTS }),
  annotations: ANNOTATIONS.reading,
  run: () => notAvailable('traces'),
});
