/** An expression's operator decides which characters its value may hold (RFC 6570 §3.2). */
type Reach = 'segment' | 'anything';

interface Part {
  readonly reach: Reach;
  /** The text up to the next expression. */
  readonly then: string;
}

/** A URI template (RFC 6570), made ready for telling whether a URI may come of it. */
export interface UriTemplate {
  readonly start: string;
  readonly parts: readonly Part[];
}

export function parseTemplate(text: string): UriTemplate {
  const [start = '', ...rest] = text.split(/\{[^{}]*\}/);
  const operators = [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => (match[1] ?? '').charAt(0));
  const parts: Part[] = [];
  rest.forEach((then, index) => {
    const reach: Reach = '+#./;?&'.includes(operators[index] || '-') ? 'anything' : 'segment';
    const last = parts.at(-1);
    // Neighbours without text between cannot be told apart: together they reach anything.
    if (last?.then === '') parts[parts.length - 1] = { reach: 'anything', then };
    else parts.push({ reach, then });
  });
  return { start, parts };
}

/**
 * Level-1 matching for routing: a simple expression holds one non-empty path segment, every other operator anything.
 * Takes each literal at its first place, so it is linear whatever the template says: no backtracking on text from outside.
 */
export function templateMatches(template: UriTemplate, uri: string): boolean {
  if (!uri.startsWith(template.start)) return false;
  let at = template.start.length;
  const last = template.parts.length - 1;
  for (const [index, { reach, then }] of template.parts.entries()) {
    const end = index === last ? uri.length - then.length : uri.indexOf(then, at + (reach === 'segment' ? 1 : 0));
    if (end < at || !uri.startsWith(then, end)) return false;
    if (reach === 'segment' && !/^[^/?#]+$/.test(uri.slice(at, end))) return false;
    at = end + then.length;
  }
  return at === uri.length;
}
