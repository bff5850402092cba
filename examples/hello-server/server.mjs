#!/usr/bin/env node
/**
 * A small MCP server over stdio: four tools, a resource and a prompt. It needs no network and no build.
 * stdout belongs to the protocol: whatever a server has to say to people goes to stderr, which the runtime keeps as its log.
 */
import { randomInt } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';

const server = new McpServer(
  { name: 'hello-server', version: '1.0.0' },
  { instructions: 'Small text and time tools. Good for a first look at what a gateway passes on.' },
);

/** Every tool answers the same way: the record for programs, and its text for models and people. */
const answer = (record) => ({
  content: [{ type: 'text', text: JSON.stringify(record) }],
  structuredContent: record,
});

const pure = { readOnlyHint: true, idempotentHint: true, destructiveHint: false, openWorldHint: false };

server.registerTool(
  'word_count',
  {
    title: 'Count words',
    description: 'Counts words, characters and lines of a text, and how long it takes to read at 230 words a minute.',
    inputSchema: { text: z.string().max(1_000_000).describe('The text to measure.') },
    outputSchema: {
      words: z.number().int(),
      characters: z.number().int().describe('User-perceived characters: an emoji counts once.'),
      lines: z.number().int(),
      readingSeconds: z.number().int(),
    },
    annotations: pure,
  },
  ({ text }) => {
    const count = (granularity, keep) =>
      [...new Intl.Segmenter('en', { granularity }).segment(text)].filter(keep).length;
    const words = count('word', (segment) => segment.isWordLike);
    return answer({
      words,
      characters: count('grapheme', () => true),
      lines: text === '' ? 0 : text.split(/\r\n|\r|\n/).length,
      readingSeconds: Math.ceil((words / 230) * 60),
    });
  },
);

server.registerTool(
  'slugify',
  {
    title: 'Make a slug',
    description:
      'Turns a title into a lower-case name for a URL or a file: accents are folded, the rest becomes hyphens.',
    inputSchema: {
      text: z.string().max(10_000).describe('The title.'),
      maxLength: z.number().int().min(1).max(200).default(80).describe('Cut at a word, at most this long.'),
    },
    outputSchema: { slug: z.string() },
    annotations: pure,
  },
  ({ text, maxLength }) => {
    const folded = text.normalize('NFKD').replace(/\p{Mark}/gu, '');
    const slug = folded
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
      .replace(/^-|-$/g, '');
    if (slug.length <= maxLength) return answer({ slug });
    const cut = slug.slice(0, maxLength + 1);
    return answer({ slug: cut.includes('-') ? cut.slice(0, cut.lastIndexOf('-')) : slug.slice(0, maxLength) });
  },
);

server.registerTool(
  'now',
  {
    title: 'What time is it',
    description: 'The present time in a time zone.',
    inputSchema: {
      timeZone: z.string().default('UTC').describe('An IANA name, such as Europe/Berlin or America/New_York.'),
    },
    outputSchema: { timeZone: z.string(), iso: z.string().describe('In UTC.'), local: z.string(), weekday: z.string() },
    annotations: { ...pure, idempotentHint: false },
  },
  ({ timeZone }) => {
    if (!isTimeZone(timeZone)) {
      const text = `"${timeZone}" is no time zone. Use an IANA name, such as Europe/Berlin.`;
      return { isError: true, content: [{ type: 'text', text }] };
    }
    const date = new Date();
    // The Swedish form of a date is the ISO one: 2026-11-22 16:05:09.
    const local = date.toLocaleString('sv-SE', { timeZone });
    const weekday = date.toLocaleDateString('en', { timeZone, weekday: 'long' });
    return answer({ timeZone, iso: date.toISOString(), local, weekday });
  },
);

server.registerTool(
  'roll_dice',
  {
    title: 'Roll dice',
    description: 'Rolls dice with numbers that nobody can foresee.',
    inputSchema: {
      count: z.number().int().min(1).max(100).default(1).describe('How many dice.'),
      sides: z.number().int().min(2).max(1000).default(6).describe('Sides of each.'),
    },
    outputSchema: { rolls: z.array(z.number().int()), total: z.number().int() },
    annotations: { ...pure, idempotentHint: false },
  },
  ({ count, sides }) => {
    const rolls = Array.from({ length: count }, () => randomInt(1, sides + 1));
    return answer({ rolls, total: rolls.reduce((sum, roll) => sum + roll, 0) });
  },
);

server.registerResource(
  'about',
  'hello://about',
  { title: 'About this server', description: 'Who is speaking, and since when.', mimeType: 'text/markdown' },
  (uri) => {
    const up = Math.round(process.uptime());
    const text = `# hello-server\n\nProcess ${process.pid}, up for ${up} s, Node ${process.version}.\n`;
    return { contents: [{ uri: uri.href, mimeType: 'text/markdown', text }] };
  },
);

server.registerPrompt(
  'title_and_slug',
  {
    title: 'Title and slug',
    description: 'Asks for a title for a draft, and for its slug by way of the slugify tool.',
    argsSchema: { draft: z.string().describe('The draft, or what it is about.') },
  },
  ({ draft }) => {
    const text = `Propose three titles for the draft below, pick the best, and make its slug with slugify.\n\n${draft}`;
    return { messages: [{ role: 'user', content: { type: 'text', text } }] };
  },
);

function isTimeZone(name) {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

await server.connect(new StdioServerTransport());
console.error(`hello-server is listening on stdin, process ${process.pid}`);
