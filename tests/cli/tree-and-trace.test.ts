import { describe, expect, it } from 'vitest';
import { buildServiceTree, type FleetAnswer } from '../../src/cli/service-tree.ts';
import { createPaint } from '../../src/cli/output/paint.ts';
import { renderTree } from '../../src/cli/output/tree-lines.ts';
import type { ServiceItem } from '../../src/wire/types.ts';
import { TEXT } from '../helpers/fake-runtime.ts';
import { cli } from '../helpers/run-cli.ts';
import { testApi } from '../helpers/test-api.ts';

const item = (name: string, dependsOn: string[] = []) =>
  ({
    name,
    dependsOn,
    sync: 'Synced',
    generation: 2,
    observedGeneration: 2,
    originType: 'local_stdio',
    origin: { source: 's', file: 'f.yaml', line: 1 },
    status: { health: 'Healthy', restarts: 0, conditions: [] },
  }) as unknown as ServiceItem;

const tree = (services: ServiceItem[], name?: string, more: Partial<FleetAnswer> = {}) =>
  renderTree(
    buildServiceTree({ sources: [], services, diagnostics: [], ...more }, name),
    createPaint('never', false),
    0,
  );

describe('tree', () => {
  it('goes from the source to what is depended on: of one service down to the last', () => {
    const fleet = [item('web', ['api', 'gone']), item('api', ['db']), item('db')];
    expect(tree(fleet, 'web')).toBe(
      [
        'source s',
        '└─ f.yaml',
        '   └─ service web  Synced  Healthy',
        '      ├─ generation 2',
        '      ├─ depends on api  Synced  Healthy',
        '      │  └─ depends on db  Synced  Healthy',
        '      └─ depends on gone  not found',
      ].join('\n'),
    );
    expect(tree(fleet).split('depends on db')).toHaveLength(2);
  });

  it('ends at a cycle, and draws what many depend on once', () => {
    expect(tree([item('a', ['b']), item('b', ['a'])], 'a')).toContain('depends on a  Synced  Healthy  cycle');
    const layers = Array.from({ length: 40 }, (_, n) => [`l${String(n + 1)}`, `r${String(n + 1)}`]);
    const fleet = layers.flatMap((next, n) => [item(`l${String(n)}`, next), item(`r${String(n)}`, next)]);
    expect(tree(fleet, 'l0').split('\n').length).toBeLessThan(200);
  });

  it('says of what nobody calls now that it sleeps', () => {
    const base = item('web');
    const idle = [{ type: 'Ready', status: 'True', reason: 'Idle' }];
    const asleep = { ...base, status: { ...base.status, conditions: idle } } as unknown as ServiceItem;
    expect(tree([asleep])).toContain('generation 2  asleep');
  });

  it('shows files that hold nothing but errors', () => {
    const diagnostics = [{ source: 's', file: 'bad.yaml', severity: 'error' }] as unknown as FleetAnswer['diagnostics'];
    expect(tree([], undefined, { diagnostics })).toBe('source s\n└─ bad.yaml  1 error');
  });

  it('is data with -o json; an unknown name is refused: 1', async () => {
    const api = await testApi();
    const on = async (...argv: string[]) => cli(['--daemon-url', await api.listen(), 'tree', ...argv]);
    api.runtime.add(TEXT.replace('spec:', 'spec:\n  dependsOn: [db]'));
    const { items } = JSON.parse((await on('files', '-o', 'json')).stdout) as { items: unknown[] };
    const service = { kind: 'Service', name: 'files', sync: 'Synced', health: 'Healthy' };
    expect(items).toMatchObject([{ kind: 'Source', children: [{ kind: 'File', children: [service] }] }]);
    expect((await on()).stdout).toContain('local_stdio pid 4242');
    expect((await on('nobody')).code).toBe(1);
  });
});

describe('trace', () => {
  it('follows a service from its line to its process', async () => {
    const api = await testApi();
    const { revision: _, ...entry } = api.runtime.history('files')[0]!;
    const commit = 'c'.repeat(40);
    api.runtime.history = () => [{ ...entry, generation: 3, revision: `main@sha1:${commit}`, who: 'clarityctl' }];
    const on = async (...argv: string[]) => cli(['--daemon-url', await api.listen(), 'trace', 'files', ...argv]);
    const lines = (await on()).stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.split(/: +/).slice(0, 2))).toMatchObject([
      ['service files'],
      ['Document', 'services.d/files.yaml:1 (source services)'],
      ['Revision', expect.stringContaining(`commit ${commit}`)],
      ['Written by', 'clarityctl'],
      ['Generation', expect.stringMatching(/^3, applied .* Ready$/)],
      ['Plan', 'noop (AsDesired)'],
      ['Process', expect.stringContaining('pid 4242')],
      ['Interface', expect.stringContaining('sha256:i')],
    ]);
    expect(JSON.parse((await on('-o', 'json')).stdout)).toMatchObject({ commit, process: { pid: 4242 } });
  });
});
