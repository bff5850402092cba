import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ObservedSource } from '../helpers/observed-source.ts';
import { ServicesFolder, serviceText } from '../helpers/services-folder.ts';

describe('discovery and its limits', () => {
  it('reads yaml, yml and json of the folder and one below; no dot names, litter or pipes', async () => {
    const folder = new ServicesFolder();
    folder.write('a.yaml', serviceText('a'));
    folder.write('b.yml', serviceText('b'));
    const json = { apiVersion: 'clarity.runtime/v1', kind: 'MCPService', metadata: { name: 'c' } };
    folder.write('c.json', JSON.stringify({ ...json, spec: { origin: { type: 'local_stdio', command: 'node' } } }));
    folder.write('sub/d.yaml', serviceText('d'));
    const litter = [
      'sub/deep/x.yaml',
      '.x.yaml',
      '.git/x.yaml',
      'x.yaml~',
      '.#x.yaml',
      '#x.yaml#',
      'x.tmp-1.yaml',
      'x.yaml.bak',
      'x.txt',
    ];
    for (const file of litter) folder.write(file, serviceText('litter'));
    execFileSync('mkfifo', [folder.path('pipe.yaml')]);
    const observed = new ObservedSource(folder);
    await observed.start();
    expect(observed.latest.files.map(({ file }) => file)).toEqual(
      ['a.yaml', 'b.yml', 'c.json', 'sub/d.yaml'].map((file) => `services.d/${file}`),
    );
    expect(observed.names()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('a file over 1 MiB or not UTF-8 is a diagnostic and keeps its last good form', async () => {
    const folder = new ServicesFolder();
    folder.write('a.yaml', serviceText('a'));
    folder.write('b.yaml', serviceText('b'));
    const observed = new ObservedSource(folder);
    await observed.start();
    folder.write('a.yaml', `${serviceText('a')}#${'x'.repeat(1_048_576)}\n`);
    writeFileSync(folder.path('b.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xff, 0x0a]));
    await expect
      .poll(() => observed.latest.files.map(({ diagnostics }) => diagnostics[0]?.code))
      .toEqual(['FileTooLarge', 'NotUtf8']);
    expect(observed.names()).toEqual(['a', 'b']);
  });

  it('of too many files the first count, and nothing is removed for it', async () => {
    const folder = new ServicesFolder();
    for (const name of ['b', 'c', 'd']) folder.write(`${name}.yaml`, serviceText(name));
    const observed = new ObservedSource(folder, { scanLimits: { maxFiles: 3 } });
    await observed.start();
    folder.write('a.yaml', serviceText('a'));
    await expect.poll(() => observed.latest.complete).toBe(false);
    expect(observed.names()).toEqual(['a', 'b', 'c', 'd']);
    expect(observed.latest.files.flatMap(({ diagnostics }) => diagnostics)).toMatchObject([
      { code: 'TooManyFiles', file: 'services.d' },
    ]);
  });
});
