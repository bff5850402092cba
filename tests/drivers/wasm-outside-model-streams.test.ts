import type { ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../helpers/clock.ts';
import { modelServer, sendJson } from '../helpers/model-server.ts';
import { outsideRig } from '../helpers/outside-rig.ts';
import { gone } from '../helpers/web-server.ts';

const KEY = 'test-key-0123456789';

const openai = (...texts: string[]) =>
  texts.map((content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`).join('');
const anthropic = (...texts: string[]) =>
  texts
    .map((text) => ({ type: 'content_block_delta', delta: { type: 'text_delta', text } }))
    .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    .join('');

const begin = (res: ServerResponse) => res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });

/** Byte by byte, so that every character and every event is split somewhere. */
async function drip(res: ServerResponse, text: string): Promise<void> {
  begin(res);
  for (const byte of Buffer.from(text)) await new Promise<void>((sent) => res.write(Buffer.of(byte), () => sent()));
  res.end();
}

async function streamed(model: string, answer: (res: ServerResponse) => unknown, clock?: FakeClock) {
  const server = await modelServer((_, res) => answer(res));
  const env = { OPENAI_BASE_URL: server.url, ANTHROPIC_BASE_URL: server.url, OPENAI_API_KEY: KEY };
  const rig = outsideRig({ env, ...(clock === undefined ? {} : { clock }) });
  const handle = await rig.opened('stream_start', model, 'tell me', 'Be short.');
  const rest = async () => {
    const tokens: unknown[] = [];
    for (let token = await rig.run('stream_next', handle); token !== undefined;) {
      tokens.push(token);
      token = await rig.run('stream_next', handle);
    }
    return tokens;
  };
  return { ...server, rig, handle, rest };
}

describe('a streamed answer', () => {
  it.each([
    ['OpenAI', 'gpt-4o', `: hello\n\n${openai('', 'Hé', ' 😀')}data: [DONE]\n\n`],
    [
      'a server without [DONE]',
      'llama3',
      openai('Hé') + `data: {"choices":[{"delta":{"content":" 😀"},"finish_reason":"stop"}]}\n\n`,
    ],
    [
      'Anthropic',
      'claude-x',
      `event: ping\ndata: {"type":"ping"}\n\n${anthropic('Hé', ' 😀')}data: {"type":"message_stop"}\n\n`,
    ],
  ])('of %s comes piece by piece', async (_, model, text) => {
    const { rig, handle, rest, asked } = await streamed(model, (res) => drip(res, text));
    expect(await rest()).toEqual(['Hé', ' 😀']);
    expect(await rig.run('stream_close', handle)).toBe('');
    expect(asked[0]!.body).toMatchObject({ model, stream: true, max_tokens: 4096 });
  });

  it('is there before the next piece is', async () => {
    let res!: ServerResponse;
    const { rig, handle } = await streamed('gpt-4o', (response) => {
      res = response;
      begin(res).write(openai('one'));
    });
    expect(await rig.run('stream_next', handle)).toBe('one');
    const next = rig.run('stream_next', handle);
    res.write(openai('two'));
    expect(await next).toBe('two');
    const left = gone(res);
    expect(await rig.run('stream_close', handle)).toBe('');
    await left;
    expect(await rig.run('stream_next', handle)).toBeUndefined();
    expect(await rig.run('stream_close', handle)).toContain('no answer that is being read');
  });

  it.each([
    ['is cut', 'gpt-4o', openai('a'), 'before the answer was whole'],
    [
      'is refused on the way',
      'gpt-4o',
      `${openai('a')}data: {"error":{"message":"no more of ${KEY}"}}\n\n`,
      'broke off: no more of ********',
    ],
    [
      'is refused by Anthropic',
      'claude-x',
      `${anthropic('a')}event: error\ndata: {"type":"error","error":{"message":"Overloaded"}}\n\n`,
      'broke off: Overloaded',
    ],
  ])('that %s says so at the end', async (_, model, text, why) => {
    const { rig, handle, rest } = await streamed(model, (res) => begin(res).end(text));
    expect(await rest()).toEqual(['a']);
    expect(await rig.run('stream_close', handle)).toContain(why);
  });

  it('that falls silent is given up, and one whose call ends is dropped', async () => {
    const clock = new FakeClock();
    const left: Promise<void>[] = [];
    const answer = (res: ServerResponse) => {
      left.push(gone(res));
      begin(res).flushHeaders();
    };
    const silent = await streamed('gpt-4o', answer, clock);
    const next = silent.rig.run('stream_next', silent.handle);
    await vi.waitFor(() => expect(clock.pending).toBe(1));
    clock.advance(120_000);
    expect(await next).toBeUndefined();
    expect(await silent.rig.run('stream_close', silent.handle)).toContain('sent nothing for 120 seconds');
    const dropped = await streamed('gpt-4o', answer);
    dropped.rig.over();
    await Promise.all(left);
  });

  it.each([
    [
      'a refusal',
      (res: ServerResponse) => sendJson(res, { error: { message: 'no such model' } }, 404),
      '404: no such model',
    ],
    ['no stream', (res: ServerResponse) => sendJson(res, {}), 'does not stream'],
  ])('does not begin with %s', async (_, answer, why) => {
    const { url } = await modelServer((__, res) => answer(res));
    const rig = outsideRig({ env: { OPENAI_BASE_URL: url } });
    expect(await rig.run('stream_start', 'm', 'hi', '')).toEqual({ err: expect.stringContaining(why) });
    expect(await outsideRig().run('stream_start', 'm', 'hi', '')).toEqual({
      err: expect.stringContaining('OPENAI_API_KEY'),
    });
  });
});
