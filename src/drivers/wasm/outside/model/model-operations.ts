import { cosine } from '../../../../wasm-host/cosine.ts';
import type { DriverDeps } from '../../../deps.ts';
import { Bell } from '../bell.ts';
import { closeWith } from '../close-with.ts';
import { defineOperation } from '../define-operation.ts';
import type { WebClient } from '../http/web-client.ts';
import { openHandle } from '../open-handle.ts';
import type { Operations, OutsideCall } from '../operation.ts';
import { asErr, PlainFailure } from '../plain-failure.ts';
import { EventStream } from '../sse/event-stream.ts';
import { embed } from './embeddings.ts';
import { judgePrompt, parseVerdict } from './judge.ts';
import { listModels } from './list-models.ts';
import { hostOf, MODEL_TIMEOUT_MS, ModelClient } from './model-client.ts';
import { formatOf, providerOf } from './provider.ts';
import { retrieve } from './retrieve.ts';
import { TokenStream } from './token-stream.ts';
import type { Prompt } from './wire-format.ts';

/** Everything that a language model does for a module (language.md §11 model, embed, eval). */
export function modelOperations(deps: Pick<DriverDeps, 'clock' | 'redact'>, web: WebClient): Operations {
  const client = new ModelClient(deps, web);
  return { ...chat(client), ...streaming(client, deps), ...embedding(client), ...judging(client) };
}

function chat(client: ModelClient): Operations {
  const ask = (prompt: Prompt, call: OutsideCall) => client.ask(prompt, call).then((ok) => ({ ok }), asErr);
  return {
    call_model: defineOperation<'call_model'>('minds', ([model, user], call) => ask({ model, system: '', user }, call)),
    call_model_system: defineOperation<'call_model_system'>('minds', ([model, system, user], call) =>
      ask({ model, system, user }, call),
    ),
    list_models: defineOperation<'list_models'>('minds', (_, call) => listModels(client, call)),
  };
}

function streaming(client: ModelClient, { clock }: Pick<DriverDeps, 'clock'>): Operations {
  const start = async (prompt: Prompt, call: OutsideCall) => {
    const provider = providerOf(call.program, formatOf(prompt.model));
    const events = new EventStream((signal) => client.open(provider, prompt, call, signal), new Bell());
    const forget = closeWith(call.signal, events);
    void events.finished.then(forget);
    await events.opened;
    const shown = (text: string) => client.shown(provider, text);
    const stream = new TokenStream({ events, host: hostOf(provider), step: provider.format.step, shown });
    return { ok: openHandle(call, stream) };
  };
  return {
    stream_start: defineOperation<'stream_start'>('minds', ([model, user, system], call) =>
      start({ model, system, user }, call).catch(asErr),
    ),
    stream_next: defineOperation<'stream_next'>('minds', async ([handle], { handles, signal }) =>
      handles.get(handle, TokenStream)?.next(clock, MODEL_TIMEOUT_MS, signal),
    ),
    stream_close: defineOperation<'stream_close'>('minds', async ([handle], { handles }) => {
      const stream = handles.get(handle, TokenStream);
      if (stream === undefined) return `\`stream_close\` got ${handle}, which is no answer that is being read.`;
      handles.close(handle);
      return stream.failure;
    }),
  };
}

function embedding(client: ModelClient): Operations {
  return {
    embed_text: defineOperation<'embed_text'>('minds', ([text], call) =>
      embed(client, [text], call).then(([vector]) => ({ ok: JSON.stringify(vector) }), asErr),
    ),
    embed_and_retrieve: defineOperation<'embed_and_retrieve'>('minds', ([query, chunks, topK], call) =>
      retrieve(client, query, chunks, topK, call).then((ok) => ({ ok }), asErr),
    ),
  };
}

function judging(client: ModelClient): Operations {
  const judge = async (prompt: Prompt, call: OutsideCall) => {
    const verdict = parseVerdict(await client.ask(prompt, call));
    if (verdict === undefined) throw new PlainFailure('The judging model did not answer with a score from 0 to 1.');
    return { ok: JSON.stringify(verdict) };
  };
  return {
    eval_llm_judge: defineOperation<'eval_llm_judge'>('minds', ([model, prompt, response, rubric], call) =>
      judge(judgePrompt(model, prompt, response, rubric), call).catch(asErr),
    ),
    eval_semantic: defineOperation<'eval_semantic'>('minds', ([got, expected], call) =>
      embed(client, [got, expected], call).then(([a, b]) => ({ ok: cosine(a, b) }), asErr),
    ),
  };
}
