import type { FastifyInstance } from 'fastify';
import { ClarityError } from '../../shared/errors.ts';
import type { RouteContext } from '../deps.ts';

/** Routes of the original whose feature is not there yet, and what they are about (original contract §1c, §1e, §1f). */
const PENDING: readonly (readonly ['GET' | 'POST', string, string])[] = [
  ['GET', '/questions', 'Questions that wait for a person.'],
  ['POST', '/questions', 'Asks a person.'],
  ['GET', '/questions/:key', 'One question and its answer.'],
  ['POST', '/answer', 'Answers a question.'],
  ['POST', '/cancel', 'Takes a question back.'],
  ['GET', '/events', 'Questions and answers as they come.'],
  ['GET', '/api/traces', 'Spans of tool calls.'],
  ['GET', '/api/costs/runs', 'What each run cost.'],
  ['GET', '/api/agents/registry', 'The agents.'],
  ['GET', '/api/agents/runs', 'Runs of agents.'],
  ['GET', '/api/agents/events', 'What agents did.'],
  ['POST', '/api/agents/events', 'Tells what an agent did.'],
  ['GET', '/api/agents/runs/:runId/events', 'What happened in one run.'],
  ['GET', '/api/agents/runs/:runId/events/stream', 'The same as it happens.'],
  ['POST', '/api/agents/runs/:runId/messages', 'Says something to a run.'],
  ['POST', '/api/agents/runs/:runId/hitl', 'Answers a run that waits for a person.'],
  ['GET', '/api/a2a/capabilities', 'What agents take from other agents.'],
  ['POST', '/api/a2a/messages', 'A message from one agent to another.'],
];

/** Known and refused: 501 behind the doors, so that a client of the original learns that it asked rightly. */
export function pendingRoutes(app: FastifyInstance, _context: RouteContext): void {
  for (const [method, url, summary] of PENDING)
    app.route({
      method,
      url,
      config: { summary, answer: 'ErrorResponse', pending: true },
      // Before anything of the request is looked at, and after the doors, which are hooks of the whole application.
      onRequest: () => Promise.reject(notYet(method, url)),
      handler: () => Promise.reject(notYet(method, url)),
    });
}

function notYet(method: string, url: string): ClarityError {
  return new ClarityError('NotImplemented', `${method} ${url} is not served yet: it comes with the agents`);
}
