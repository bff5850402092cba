import { isJsonObject, type Json, type JsonObject } from '../../../../shared/json.ts';
import { failureIn } from './failure-in.ts';
import { parseObject } from '../parse-object.ts';
import { MAX_TOKENS, type WireFormat } from './wire-format.ts';

/** OpenAI's chat completions, which most other providers and local models speak, too. */
export const openai: WireFormat = {
  name: 'OpenAI',
  keyName: 'OPENAI_API_KEY',
  baseUrlName: 'OPENAI_BASE_URL',
  defaultBaseUrl: 'https://api.openai.com',
  chatPath: '/v1/chat/completions',
  modelsPath: '/v1/models',
  headers: (key): Readonly<Record<string, string>> => (key === undefined ? {} : { authorization: `Bearer ${key}` }),
  body: ({ model, system, user }, stream) => ({
    model,
    max_tokens: MAX_TOKENS,
    messages: [...(system === '' ? [] : [{ role: 'system', content: system }]), { role: 'user', content: user }],
    ...(stream ? { stream } : {}),
  }),
  text: ({ choices }) => contentOf(firstOf(choices)?.message),
  step: (data) => {
    if (data === '[DONE]') return { done: true };
    const event = parseObject(data);
    if (event === undefined) return undefined;
    const failure = failureIn(event);
    if (failure !== undefined) return { failure };
    const choice = firstOf(event.choices);
    const token = contentOf(choice?.delta);
    // Not every server that speaks this ends with [DONE].
    const done = typeof choice?.finish_reason === 'string';
    return { ...(token === undefined ? {} : { token }), ...(done ? { done } : {}) };
  },
};

function firstOf(choices: Json | undefined): JsonObject | undefined {
  const first = Array.isArray(choices) ? (choices as readonly Json[])[0] : undefined;
  return isJsonObject(first) ? first : undefined;
}

function contentOf(message: Json | undefined): string | undefined {
  return isJsonObject(message) && typeof message.content === 'string' ? message.content : undefined;
}
