import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/manifest/index.ts';
import { readFileSync } from 'node:fs';

describe('the shipped example', () => {
  const client = new Client({ name: 'test', version: '1' });
  const call = (name: string, args: Record<string, unknown>) => client.callTool({ name, arguments: args });

  beforeAll(async () => {
    const { documents } = parseManifests('services.d/hello.yaml', readFileSync('services.d/hello.yaml', 'utf8'));
    const document = documents[0]?.document;
    if (document?.kind !== 'MCPService' || document.spec.origin.type !== 'local_stdio')
      throw new Error('no stdio service');
    const { command, args } = document.spec.origin;
    await client.connect(new StdioClientTransport({ command, args: [...args], stderr: 'ignore' }));
  });
  afterAll(() => client.close());

  it('names its tools, resource and prompt, all described', async () => {
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(['word_count', 'slugify', 'now', 'roll_dice']);
    for (const tool of tools) {
      expect(tool).toMatchObject({ title: expect.any(String), description: expect.any(String) });
      expect(tool).toMatchObject({ outputSchema: { type: 'object' }, annotations: { readOnlyHint: true } });
    }
    expect((await client.listResources()).resources).toMatchObject([{ uri: 'hello://about' }]);
    expect((await client.listPrompts()).prompts).toMatchObject([{ name: 'title_and_slug' }]);
  });

  it.each([
    ['one two three', { words: 3, characters: 13, lines: 1, readingSeconds: 1 }],
    ['', { words: 0, characters: 0, lines: 0, readingSeconds: 0 }],
    ['a\nb 👩‍👩‍👧', { words: 2, characters: 5, lines: 2, readingSeconds: 1 }],
  ])('word_count of %j', async (text, record) => {
    expect((await call('word_count', { text })).structuredContent).toEqual(record);
  });

  it.each([
    [{ text: 'Crème brûlée, twice!' }, 'creme-brulee-twice'],
    [{ text: 'Straße — 東京 2026' }, 'straße-東京-2026'],
    [{ text: 'one two three', maxLength: 9 }, 'one-two'],
    [{ text: 'one two three', maxLength: 7 }, 'one-two'],
    [{ text: 'unbroken', maxLength: 3 }, 'unb'],
    [{ text: '…' }, ''],
  ])('slugify %j', async (args, slug) => {
    expect((await call('slugify', args)).structuredContent).toEqual({ slug });
  });

  it('tells the time of a zone, and says so where there is none', async () => {
    const tokyo = (await call('now', { timeZone: 'Asia/Tokyo' })).structuredContent as Record<string, string>;
    const offsetMs = Date.parse(`${tokyo.local!.replace(' ', 'T')}Z`) - Date.parse(tokyo.iso!);
    expect(Math.round(offsetMs / 3_600_000)).toBe(9);
    expect(await call('now', { timeZone: 'Mars/Olympus' })).toMatchObject({ isError: true });
  });

  it('rolls as many dice as asked, in range', async () => {
    const { structuredContent } = await call('roll_dice', { count: 50, sides: 3 });
    const { rolls, total } = structuredContent as { rolls: number[]; total: number };
    expect(rolls).toHaveLength(50);
    expect(rolls.every((roll) => roll >= 1 && roll <= 3)).toBe(true);
    expect(total).toBe(rolls.reduce((sum, roll) => sum + roll, 0));
  });

  it('serves its resource and fills its prompt', async () => {
    const { contents } = await client.readResource({ uri: 'hello://about' });
    expect(contents).toMatchObject([{ mimeType: 'text/markdown', text: expect.stringContaining('hello-server') }]);
    const { messages } = await client.getPrompt({ name: 'title_and_slug', arguments: { draft: 'On gateways' } });
    expect(messages).toMatchObject([{ role: 'user', content: { text: expect.stringContaining('On gateways') } }]);
  });
});
