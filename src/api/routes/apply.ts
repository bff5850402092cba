import type { FastifyInstance } from 'fastify';
import { toYaml } from '../../manifest/index.ts';
import type { ApplyOutcome, ServiceView } from '../../runtime/types.ts';
import { ClarityError } from '../../shared/errors.ts';
import type { ApplyAnswer } from '../../wire/answers.ts';
import { applyBody, writeQuery, type ApplyBody, type ManagedBy, type WriteQuery } from '../../wire/requests.ts';
import type { ApplyResponse } from '../../wire/types.ts';
import { presentCommitted, writingOf } from '../commit-wish.ts';
import type { RouteContext } from '../deps.ts';
import { presentRecord } from '../present.ts';
import { settled } from '../settle.ts';

const WRITERS: readonly string[] = ['clarityctl', 'mcp', 'api'] satisfies ManagedBy[];

/** Writes manifests; answers when their source has seen them. */
export function applyRoutes(app: FastifyInstance, context: RouteContext): void {
  app.post<{ Querystring: WriteQuery; Body: ApplyBody }>(
    '/api/services/apply',
    {
      schema: { querystring: writeQuery, body: applyBody },
      config: {
        summary:
          'Creates or changes what the documents declare; 409 with the patch where one belongs to somebody else.',
        answer: 'ApplyAnswer',
      },
    },
    async ({ query, body, headers }, reply): Promise<ApplyAnswer> => {
      const text = body.text ?? toYaml(body.manifest ?? {});
      const outcomes = await context.runtime.apply(text, {
        managedBy: managedBy(body, headers['x-clarity-managed-by']),
        force: body.force ?? false,
        ...writingOf(body, query),
        ...(body.folder === undefined ? {} : { folder: body.folder }),
      });
      const items = await Promise.all(
        outcomes.map(async (outcome): Promise<ApplyResponse> => {
          const view = outcome.view && (await settled(context, reply, outcome.view, query.wait, 0));
          return present(outcome, view, context.clock.now());
        }),
      );
      const [first] = items;
      if (first === undefined) throw new ClarityError('BadRequest', 'the text holds no document');
      return { ...first, items };
    },
  );
}

function managedBy(body: ApplyBody, header: string | string[] | undefined): string {
  const name = body.managed_by ?? body.managedBy ?? header ?? 'api';
  if (typeof name === 'string' && WRITERS.includes(name)) return name;
  throw new ClarityError('BadRequest', `x-clarity-managed-by must be one of ${WRITERS.join(', ')}`);
}

function present(outcome: ApplyOutcome, view: ServiceView | undefined, now: number): ApplyResponse {
  return {
    ...(view === undefined ? {} : { service: presentRecord(view, now) }),
    name: outcome.name,
    kind: outcome.kind,
    outcome: outcome.outcome,
    file: outcome.file,
    generation: view?.desired.generation ?? 0,
    specHash: view?.desired.specHash ?? '',
    diagnostics: [...outcome.diagnostics],
    ...presentCommitted(outcome.commit),
  };
}
