import { expect, it } from 'vitest';
import { explain, type Explanation } from '../../src/manifest/index.ts';

const HEAD = `# Manifest

Every field of a document of \`services.d\`, as \`clarityctl explain\` tells it. \`apiVersion\` is always \`clarity.runtime/v1\`.

Generated from \`src/manifest/schema/\`; \`npx vitest run tests/manifest -u\` writes it anew.
`;

it('docs/reference/manifest.md is what explain says', async () => {
  const sections = ['MCPService', 'Policy', 'Toolset', 'Source'].map((kind) => {
    const { description, fields } = explain(kind, { recursive: true }) as Explanation;
    const rows = fields.map((field) => {
      const { default: standard } = explain(`${kind}.${field.name}`) as Explanation;
      const cells = [`\`${field.name}\``, field.type, field.required ? 'yes' : '', code(standard), field.description];
      return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
    });
    return `\n## ${kind}\n\n${description}\n\n| Field | Type | Required | Default | Meaning |\n|---|---|---|---|---|\n${rows.join('')}`;
  });
  await expect(HEAD + sections.join('')).toMatchFileSnapshot('../../docs/reference/manifest.md');
});

function code(value: unknown): string {
  return value === undefined ? '' : `\`${JSON.stringify(value)}\``;
}
