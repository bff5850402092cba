import { describe, expect, it } from 'vitest';

import { Fleet } from '../../src/controller/fleet.ts';
import { parseManifests } from '../../src/manifest/index.ts';
import type { Snapshot, SnapshotFile } from '../../src/reconcile/ports.ts';

function file(path: string, text: string, stale = false): SnapshotFile {
  return { file: path, documents: parseManifests(path, text).documents, diagnostics: [], stale };
}

function service(name: string, extra = '', labels = ''): string {
  return `apiVersion: clarity.runtime/v1\nkind: MCPService\nmetadata: {name: ${name}${labels}}\nspec:\n  origin: {type: local_stdio, command: node}\n${extra}`;
}

class Harness {
  readonly fleet = new Fleet([]);
  #now = 1;

  see(files: SnapshotFile[], over: Partial<Snapshot> = {}) {
    const snapshot: Snapshot = {
      source: 'services',
      revision: `r${String(this.#now)}`,
      complete: true,
      files,
      ...over,
    };
    return this.fleet.absorb({
      snapshots: new Map([['services', snapshot]]),
      sources: new Set(['services']),
      removedByUs: new Set(),
      confirmed: new Map(),
      now: this.#now++,
    });
  }

  get(name: string) {
    const entry = this.fleet.entries.get(name);
    if (entry === undefined) throw new Error(`no ${name}`);
    return entry;
  }
}

describe('fleet', () => {
  it('gives generation 1 to a new service and reports it as changed', () => {
    const h = new Harness();
    const { changed, history } = h.see([file('a.yaml', service('a'))]);
    expect([...changed]).toEqual(['a']);
    expect(history).toMatchObject([{ generation: 1, what: 'created', who: '' }]);
    // As it was written: no defaults.
    expect(history[0]?.document?.spec).toEqual({ origin: { type: 'local_stdio', command: 'node' } });
  });

  it('keeps the generation over comments, key order, labels and a move to another file', () => {
    const h = new Harness();
    h.see([file('a.yaml', service('a'))]);
    expect([...h.see([file('a.yaml', `# note\n${service('a')}`)]).history]).toEqual([]);
    h.see([file('sub/b.yaml', service('a', '', ', labels: {team: x}'))]);
    expect(h.get('a').row).toMatchObject({
      generation: 1,
      origin: { file: 'sub/b.yaml' },
      manifest: { metadata: { labels: { team: 'x' } } },
    });
  });

  it('bumps the generation by one for a changed field, and names the field', () => {
    const h = new Harness();
    h.see([file('a.yaml', service('a'))]);
    const { history } = h.see([file('a.yaml', service('a', '  startTimeoutMs: 5000\n'))]);
    expect(history).toMatchObject([{ generation: 2, what: 'spec.startTimeoutMs' }]);
  });

  it('touches nobody else', () => {
    const h = new Harness();
    const other = file('b.yaml', service('b'));
    h.see([file('a.yaml', service('a')), other]);
    expect([...h.see([file('a.yaml', service('a', '  startTimeoutMs: 5000\n')), other]).changed]).toEqual(['a']);
  });

  it('freezes both claims of one identity at the last good version, and heals when one goes', () => {
    const h = new Harness();
    const a = file('a.yaml', service('x'));
    h.see([a]);
    h.see([a, file('b.yaml', service('x', '  startTimeoutMs: 5000\n'))]);
    expect(h.get('x').stale?.message).toMatch(/a\.yaml:1 and b\.yaml:1/);
    expect(h.get('x').row).toMatchObject({ generation: 1, manifest: { spec: { startTimeoutMs: 30_000 } } });
    expect(h.get('x').blocked).toBeUndefined();
    h.see([a]);
    expect(h.get('x').stale).toBeUndefined();
  });

  it('does not start an identity that was contested from the first moment', () => {
    const h = new Harness();
    h.see([file('a.yaml', service('x')), file('b.yaml', service('x'))]);
    expect(h.get('x').blocked?.reason).toBe('Conflict');
    h.see([file('a.yaml', service('x'))]);
    expect(h.get('x').blocked).toBeUndefined();
  });

  it('lets the first seen keep a namespace', () => {
    const h = new Harness();
    h.see([file('z.yaml', service('z', '  toolNamespace: shared\n'))]);
    h.see([
      file('z.yaml', service('z', '  toolNamespace: shared\n')),
      file('a.yaml', service('a', '  toolNamespace: shared\n')),
    ]);
    expect(h.get('z').blocked).toBeUndefined();
    expect(h.get('a').blocked).toMatchObject({
      reason: 'NamespaceConflict',
      message: expect.stringMatching(/a\.yaml:1.*z\.yaml:1/),
    });
  });

  it('lets who serves a namespace keep it against an older service that turns to it', () => {
    const h = new Harness();
    const b = file('b.yaml', service('b'));
    h.see([file('a.yaml', service('a'))]);
    h.see([file('a.yaml', service('a')), b]);
    h.see([file('a.yaml', service('a', '  toolNamespace: b\n')), b]);
    expect(h.get('b').blocked).toBeUndefined();
    expect(h.get('a').blocked?.reason).toBe('NamespaceConflict');
  });

  it('blocks a service whose Policy is missing, and wakes it when the Policy comes', () => {
    const h = new Harness();
    const a = file('a.yaml', service('a', '  policyRef: strict\n'));
    h.see([a]);
    expect(h.get('a').blocked?.reason).toBe('PolicyNotFound');
    const { changed } = h.see([
      a,
      file(
        'p.yaml',
        'apiVersion: clarity.runtime/v1\nkind: Policy\nmetadata: {name: strict}\nspec: {tools: {deny: [rm_*]}}\n',
      ),
    ]);
    expect([...changed]).toEqual(['a']);
    expect(h.get('a').blocked).toBeUndefined();
  });

  it('takes neither of two Policies that claim one name: what they guard does not start', () => {
    const h = new Harness();
    const policy = (deny: string) =>
      `apiVersion: clarity.runtime/v1\nkind: Policy\nmetadata: {name: strict}\nspec: {tools: {deny: [${deny}]}}\n`;
    const a = file('a.yaml', service('a', '  policyRef: strict\n'));
    h.see([a, file('p.yaml', policy('x')), file('q.yaml', policy('y'))]);
    expect(h.get('a').blocked?.reason).toBe('PolicyNotFound');
    h.see([a, file('p.yaml', policy('x'))]);
    h.see([a, file('p.yaml', policy('x')), file('q.yaml', policy('y'))]);
    expect(h.fleet.policies.get('strict')?.spec.tools?.deny).toEqual(['x']);
  });

  it('deletes what a complete snapshot lacks, and keeps it while the source is broken', () => {
    const h = new Harness();
    h.see([file('a.yaml', service('a'))]);
    h.see([], { complete: false, condition: { reason: 'SourceMissing', message: 'gone' } });
    expect(h.get('a')).toMatchObject({ deleted: false, stale: { reason: 'SourceMissing' } });
    h.see([]);
    expect(h.get('a').deleted).toBe(true);
    h.see([file('a.yaml', service('a'))]);
    expect(h.get('a')).toMatchObject({ deleted: false, row: { generation: 1 } });
  });
});
