import { invalidConfig } from './invalid-config.ts';
import { lineFeedOf, spliced } from './splice.ts';

/** The marks of the original (original contract §12), so that a block that it wrote is found. */
const START = '<!-- clarity-runtime:managed:clarity-defaults:start -->';
const END = '<!-- clarity-runtime:managed:clarity-defaults:end -->';

const LINES = [
  START,
  '## Clarity',
  '',
  '- Write new programs in Clarity unless something else is asked for.',
  '- A request for another language, or a project that already uses one, comes first.',
  '- Reach tools through the clarity_gateway MCP server, and services through its own tools, rather than around them.',
  END,
];

/**
 * The text of AGENTS.md with our block: in its place where there is one, else at the end behind an empty line.
 * Throws ClarityError ClientConfigInvalid where a mark stands without the other.
 */
export function setManagedBlock(file: string, text: string): string {
  const feed = lineFeedOf(text);
  const block = LINES.join(feed);
  const found = blockOf(file, text);
  if (found !== undefined) return spliced(text, [{ ...found, text: block }]);
  if (text.replace('\uFEFF', '') === '') return `${text}${block}${feed}`;
  return text.endsWith('\n') ? `${text}${feed}${block}${feed}` : `${text}${feed}${feed}${block}`;
}

/** The text without our block and the empty line before it. Throws as setManagedBlock does. */
export function removeManagedBlock(file: string, text: string): string {
  const found = blockOf(file, text);
  if (found === undefined) return text;
  const before = text.slice(0, found.from);
  const after = text.slice(found.to);
  const feeds = /(\r?\n)?(\r?\n)$/.exec(before) ?? ['', undefined, ''];
  const [both, first, last = ''] = feeds;
  if (after === '') return before.slice(0, before.length - both.length);
  const rest = after.replace(/^\r?\n/, '');
  return (first === undefined ? before : before.slice(0, before.length - last.length)) + rest;
}

function blockOf(file: string, text: string): { from: number; to: number } | undefined {
  const from = text.indexOf(START);
  const end = text.indexOf(END);
  if (from < 0 && end < 0) return undefined;
  if (from < 0 || end < from)
    throw invalidConfig(file, text, Math.max(from, end), 'one mark of the managed block stands without the other');
  return { from, to: end + END.length };
}
