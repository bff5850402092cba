import { COUNT, input, output } from '../schemas.ts';
import { fleetSum } from '../service-sum.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

const COUNTS = [
  'total',
  'mcp_services',
  'agent_services',
  'running',
  'running_mcp',
  'running_agent',
  'degraded',
  'stopped',
  'quarantined',
  'local_mcp',
  'remote_mcp',
  'local_agent',
  'remote_agent',
  'local',
  'remote',
];

export const statusSummary = defineTool({
  name: 'runtime__status_summary',
  title: 'Summary of the fleet',
  description: 'Counts the services by state, kind and origin.',
  inputSchema: input(),
  outputSchema: output(Object.fromEntries(COUNTS.map((name) => [name, COUNT]))),
  annotations: ANNOTATIONS.reading,
  run: (_args, { runtime, present }) => ({
    json: fleetSum(present.summary(runtime.list().map((view) => present.item(view)))),
  }),
});
