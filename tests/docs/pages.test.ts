import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/manifest/index.ts';

const FOLDERS = ['docs', 'services.d', 'examples', '.github', 'src'];
const pages = [
  'README.md',
  ...FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .map((path) => join(folder, path)),
  ),
];

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('links only to files that are there', () => {
    const prose = text.replace(/```.*?```|`[^`\n]*`/gs, '');
    const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
    const files = targets.filter((target) => !/^(https?:|#)/.test(target)).map((target) => target.split('#')[0]!);
    expect(files.filter((file) => !existsSync(join(dirname(page), file)))).toEqual([]);
  });

  it('shows only manifests that are valid', () => {
    const blocks = [...text.matchAll(/^```ya?ml\n(.*?)^```/gms)].map(([, yaml]) => yaml!);
    const manifests = blocks.filter((yaml) => yaml.includes('apiVersion: clarity.runtime/'));
    const findings = manifests.flatMap((yaml) => parseManifests(page, yaml).diagnostics);
    expect(findings.map(({ text: rendered }) => rendered)).toEqual([]);
  });
});
