import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../../shared/json.ts';
import type { DriverDeps } from '../../../deps.ts';
import { defineOperation } from '../define-operation.ts';
import { allowedUrl } from '../http/allowed.ts';
import type { WebClient } from '../http/web-client.ts';
import type { Operations, OutsideCall } from '../operation.ts';
import { asErr, PlainFailure } from '../plain-failure.ts';
import { AgentClient } from './agent-client.ts';
import { taskView } from './task-view.ts';

/** Other agents over A2A (language.md §11 a2a). Their hosts must be among `grants.net`. */
export function a2aOperations(deps: Pick<DriverDeps, 'clock' | 'redact'>, web: WebClient): Operations {
  const client = new AgentClient(deps, web);
  const view = async (method: string, url: string, id: string, call: OutsideCall) => {
    const task = await client.request(agentUrl(url, call), method, { id }, call);
    return { ok: JSON.stringify(taskView(task, id)) };
  };
  return {
    a2a_discover: defineOperation<'a2a_discover'>('machines', ([url], call) =>
      discover(client, url, call).catch(asErr),
    ),
    a2a_submit: defineOperation<'a2a_submit'>('machines', ([url, message], call) =>
      submit(client, url, message, call).catch(asErr),
    ),
    a2a_poll: defineOperation<'a2a_poll'>('machines', ([url, id], call) =>
      view('tasks/get', url, id, call).catch(asErr),
    ),
    a2a_cancel: defineOperation<'a2a_cancel'>('machines', ([url, id], call) =>
      view('tasks/cancel', url, id, call).catch(asErr),
    ),
  };
}

async function discover(client: AgentClient, url: string, call: OutsideCall) {
  const card = agentUrl(url, call);
  card.pathname = `${card.pathname.replace(/\/+$/, '')}/.well-known/agent.json`;
  card.search = '';
  return { ok: JSON.stringify(await client.read(card, call)) };
}

async function submit(client: AgentClient, url: string, text: string, call: OutsideCall) {
  const id = randomUUID();
  const message: JsonObject = { role: 'user', parts: [{ type: 'text', text }] };
  const task = await client.request(agentUrl(url, call), 'tasks/send', { id, message }, call);
  if (task.id !== undefined && typeof task.id !== 'string')
    throw new PlainFailure('The agent answered with a task whose id is no text.');
  return { ok: task.id ?? id };
}

function agentUrl(url: string, { program }: OutsideCall): URL {
  return allowedUrl(url, program);
}
