import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../../shared/json.ts';
import type { Items, UndoAnswer } from '../../wire/answers.ts';
import {
  generationParams,
  idParams,
  noQuery,
  undoBody,
  writeQuery,
  type GenerationParams,
  type IdParams,
  type UndoBody,
  type WriteQuery,
} from '../../wire/requests.ts';
import type { HistoryDocument, HistoryItem } from '../../wire/types.ts';
import { presentCommitted, writingOf } from '../commit-wish.ts';
import type { RouteContext } from '../deps.ts';
import { fleetSecrets, maskManifest, maskPatch, secretValues } from '../mask.ts';
import { presentHistory, presentRecord } from '../present.ts';
import { settled } from '../settle.ts';

/** The generations of a service, and the way back to one. */
export function historyRoutes(app: FastifyInstance, context: RouteContext): void {
  const { runtime, clock } = context;

  app.get<{ Params: IdParams }>(
    '/api/services/:id/history',
    {
      schema: { params: idParams, querystring: noQuery },
      config: { summary: 'The last 10 generations, newest last.', answer: 'Items<HistoryItem>' },
    },
    ({ params }): Items<HistoryItem> => ({
      items: runtime
        .history(params.id)
        .map(presentHistory)
        .sort((a, b) => a.generation - b.generation),
    }),
  );

  app.get<{ Params: GenerationParams }>(
    '/api/services/:id/history/:generation',
    {
      schema: { params: generationParams, querystring: noQuery },
      config: { summary: 'One generation with its document as it was written.', answer: 'HistoryDocument' },
    },
    ({ params }): HistoryDocument => {
      const entry = runtime.generation(params.id, Number(params.generation));
      return { ...presentHistory(entry), document: maskManifest(entry.document) as JsonObject };
    },
  );

  app.post<{ Params: IdParams; Querystring: WriteQuery; Body: UndoBody }>(
    '/api/services/:id/undo',
    {
      schema: { params: idParams, querystring: writeQuery, body: undoBody },
      config: { summary: 'Writes the document of an older generation back into its file.', answer: 'UndoAnswer' },
    },
    async ({ params, query, body }, reply): Promise<UndoAnswer> => {
      const { to, dryRun = false } = body;
      const secrets = new Set(documentSecrets(context, params.id));
      const undone = await runtime.undo(params.id, {
        dryRun,
        ...(to === undefined ? {} : { to }),
        ...writingOf(body, query),
      });
      const view = dryRun ? undone.view : await settled(context, reply, undone.view, query.wait, 0);
      const { outcome, file, patch, actions } = undone;
      return {
        to: undone.to,
        outcome,
        dryRun,
        file,
        patch: maskPatch(patch, secrets),
        actions: [...actions],
        service: presentRecord(view, clock.now()),
        ...presentCommitted(undone.commit),
      };
    },
  );
}

/** Every plain value that the patch may show: those of the fleet now, and those that the service had. */
function documentSecrets({ runtime }: RouteContext, id: string): readonly string[] {
  return [...fleetSecrets(runtime.list()), ...runtime.history(id).flatMap(({ document }) => secretValues(document))];
}
