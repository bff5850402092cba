import { isJsonObject, type Json, type JsonObject } from '../../../../shared/json.ts';
import { failureIn } from './failure-in.ts';
import { parseObject } from '../parse-object.ts';
import { MAX_TOKENS, type WireFormat } from './wire-format.ts';

/** Anthropic's Messages API, version 2023-06-01. */
export const anthropic: WireFormat = {
  name: 'Anthropic',
  keyName: 'ANTHROPIC_API_KEY',
  baseUrlName: 'ANTHROPIC_BASE_URL',
  defaultBaseUrl: 'https://api.anthropic.com',
  chatPath: '/v1/messages',
  modelsPath: '/v1/models?limit=1000',
  headers: (key) => ({ 'anthropic-version': '2023-06-01', ...(key === undefined ? {} : { 'x-api-key': key }) }),
  body: ({ model, system, user }, stream) => ({
    model,
    max_tokens: MAX_TOKENS,
    ...(system === '' ? {} : { system }),
    messages: [{ role: 'user', content: user }],
    ...(stream ? { stream } : {}),
  }),
  text: ({ content }) => (Array.isArray(content) ? firstText(content) : undefined),
  step: (text) => {
    const data = parseObject(text) ?? {};
    if (data.type === 'error') return { failure: failureIn(data) ?? 'it gave no reason' };
    if (data.type === 'message_stop') return { done: true };
    if (data.type !== 'content_block_delta' || !isJsonObject(data.delta)) return undefined;
    return typeof data.delta.text === 'string' ? { token: data.delta.text } : undefined;
  },
};

function firstText(blocks: readonly Json[]): string | undefined {
  const isText = (block: Json): block is JsonObject => isJsonObject(block) && block.type === 'text';
  const text = blocks.find(isText)?.text;
  return typeof text === 'string' ? text : undefined;
}
