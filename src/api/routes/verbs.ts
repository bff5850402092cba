import type { FastifyInstance } from 'fastify';
import type { Verb } from '../../runtime/types.ts';
import { withDeadline } from '../../shared/abort.ts';
import type { IntrospectAnswer, ServiceAnswer, VerbAnswer } from '../../wire/answers.ts';
import {
  commitBody,
  idParams,
  noBody,
  noQuery,
  reconcileBody,
  waitQuery,
  writeQuery,
  type CommitBody,
  type IdParams,
  type ReconcileBody,
  type WaitQuery,
  type WriteQuery,
} from '../../wire/requests.ts';
import { presentCommitted, writingOf } from '../commit-wish.ts';
import type { RouteContext } from '../deps.ts';
import { presentRecord, presentSnapshot } from '../present.ts';
import { settled } from '../settle.ts';

/** `settles`: the original's verbs answer when the service has settled, ours after the write (surfaces.md, HTTP). */
const VERBS: readonly { verb: Verb; settles: boolean; summary: string }[] = [
  { verb: 'start', settles: true, summary: 'Sets enabled and autostart.' },
  { verb: 'stop', settles: true, summary: 'Clears enabled.' },
  { verb: 'restart', settles: true, summary: 'Replaces the running instance.' },
  { verb: 'unquarantine', settles: true, summary: 'Lets a quarantined service try again.' },
  { verb: 'suspend', settles: false, summary: 'Hands off: neither started, stopped nor healed.' },
  { verb: 'resume', settles: false, summary: 'Ends a suspension.' },
];

/** What a person asks of one service. Each verb is an edit of its manifest; introspect and reconcile only look again. */
export function verbRoutes(app: FastifyInstance, context: RouteContext): void {
  const { runtime, clock } = context;
  const schema = { params: idParams, querystring: waitQuery, body: noBody };

  for (const { verb, settles, summary } of VERBS)
    app.post<{ Params: IdParams; Querystring: WriteQuery; Body: CommitBody }>(
      `/api/services/:id/${verb}`,
      {
        schema: { params: idParams, querystring: writeQuery, body: commitBody },
        config: { summary, answer: 'VerbAnswer' },
      },
      async ({ params, query, body }, reply): Promise<VerbAnswer> => {
        const { commit, ...view } = await runtime.command(params.id, verb, writingOf(body, query));
        const { startTimeoutMs } = view.desired.manifest.spec;
        const after = await settled(context, reply, view, query.wait, settles ? startTimeoutMs : 0);
        return { service: presentRecord(after, clock.now()), ...presentCommitted(commit) };
      },
    );

  app.post<{ Params: IdParams; Querystring: WaitQuery; Body: ReconcileBody }>(
    '/api/services/:id/reconcile',
    {
      schema: { ...schema, body: reconcileBody },
      config: { summary: 'Looks at the service again.', answer: 'ServiceAnswer' },
    },
    async ({ params, query, body }, reply): Promise<ServiceAnswer> => {
      const options = { withSource: body.withSource ?? false, reset: body.reset ?? false };
      const [view = runtime.get(params.id)] = await runtime.reconcile(params.id, options);
      return { service: presentRecord(await settled(context, reply, view, query.wait, 0), clock.now()) };
    },
  );

  app.post<{ Params: IdParams }>(
    '/api/services/:id/introspect',
    {
      schema: { ...schema, querystring: noQuery },
      config: { summary: 'Reads the interface anew.', answer: 'IntrospectAnswer' },
    },
    async ({ params }, reply): Promise<IntrospectAnswer> => {
      const { startTimeoutMs } = runtime.get(params.id).desired.manifest.spec;
      const caller = context.callers.signal(reply);
      const read = (signal: AbortSignal) => runtime.introspect(params.id, signal);
      return { interface: presentSnapshot(await withDeadline(clock, 'introspect', startTimeoutMs, caller, read)) };
    },
  );
}
