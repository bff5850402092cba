import type { RuntimeService } from '../../../runtime/types.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { input, limit, OBJECTS, output } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const getAudit = defineTool<{ limit: number }>({
  name: 'runtime__get_audit',
  title: 'What has happened',
  description: 'The last events of the runtime, oldest first: what started, stopped, failed or changed, and why.',
  inputSchema: input({ limit: limit(200, 'events') }),
  outputSchema: output({ items: OBJECTS }),
  annotations: ANNOTATIONS.reading,
  run: ({ limit: most }, { runtime, present }) => {
    const ids = serviceIds(runtime);
    const items = runtime.events({ limit: most }).map((event) => present.event(event, ids.get(event.identity ?? '')));
    return { json: { items: items as unknown as readonly JsonObject[] } };
  },
});

function serviceIds(runtime: RuntimeService): ReadonlyMap<string, string> {
  return new Map(runtime.list().map(({ desired }) => [desired.identity, desired.manifest.metadata.serviceId]));
}
