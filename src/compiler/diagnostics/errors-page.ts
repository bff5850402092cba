import { kindPages, type KindPage } from './explanations/index.ts';

const HEAD = `# Errors and warnings of clarityc

Every finding of the compiler has a stable code and a name; \`clarityc explain CODE\` prints its section.
The first digit tells what it is about: 1 text, 2 names, 3 types, 4 patterns, 5 effects, 6 modules, 7 limits, 9 warnings.

Generated from \`src/compiler/diagnostics\`; \`npx vitest run tests/compiler/diagnostics -u\` writes it anew.
`;

/** The text of docs/reference/clarity-errors.md; a test keeps the file equal to it. */
export function renderErrorsPage(): string {
  return [HEAD, ...kindPages().map(renderKindPage)].join('\n');
}

/** The section of one kind as Markdown. */
function renderKindPage(page: KindPage): string {
  const { code, kind, summary, text, example, files } = page;
  const others = Object.entries(files).map(([name, source]) => `With \`${name}\`:\n\n${fenced(source)}`);
  const programs =
    example === undefined ? [] : [`Has it:\n\n${fenced(example.bad)}`, `Mended:\n\n${fenced(example.good)}`, ...others];
  return [`## ${code}: ${kind}\n`, `${summary} ${text}\n`, ...programs].join('\n');
}

function fenced(source: string): string {
  return ['```clarity', source.trimEnd(), '```', ''].join('\n');
}
