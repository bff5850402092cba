import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Entry } from '../../src/controller/entry.ts';
import { Fleet } from '../../src/controller/fleet.ts';
import { parseManifests } from '../../src/manifest/index.ts';
import type { HistoryEntry, Snapshot, SnapshotFile } from '../../src/reconcile/ports.ts';
import { sized } from '../helpers/size.ts';

const SOURCES = ['one', 'two'];

/** What one file holds: documents by name, and whether they are the last good ones. */
const content = fc.record({
  names: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 2 }),
  policy: fc.option(fc.constantFrom('strict', 'default'), { nil: undefined }),
  wants: fc.constantFrom('default', 'strict'),
  namespace: fc.option(fc.constantFrom('n', 'm'), { nil: undefined }),
  timeout: fc.constantFrom(1000, 2000),
  stale: fc.boolean(),
});

const edit = fc.record({
  source: fc.constantFrom(...SOURCES),
  file: fc.constantFrom('1.yaml', '2.yaml', '3.yaml'),
  content: fc.option(content, { nil: undefined }),
  complete: fc.boolean(),
  confirm: fc.boolean(),
});

function shown(file: string, given: typeof content extends fc.Arbitrary<infer T> ? T : never): SnapshotFile {
  const services = given.names.map(
    (name) => `apiVersion: clarity.runtime/v1
kind: MCPService
metadata: {name: ${name}}
spec:
  startTimeoutMs: ${String(given.timeout)}
  policyRef: ${given.wants}
${given.namespace === undefined ? '' : `  toolNamespace: ${given.namespace}\n`}  origin: {type: local_stdio, command: node}
`,
  );
  const policy =
    given.policy === undefined
      ? []
      : [`apiVersion: clarity.runtime/v1\nkind: Policy\nmetadata: {name: ${given.policy}}\nspec: {}\n`];
  const { documents } = parseManifests(file, [...services, ...policy].join('---\n'));
  return { file, documents, diagnostics: [], stale: given.stale };
}

/** All that anybody sees of a fleet. */
function picture(fleet: Fleet) {
  const entries = [...fleet.entries].map(([name, entry]) => [name, { ...fleet.follow(entry) }] as const);
  return { entries: new Map(entries), policies: new Map(fleet.policies), contested: fleet.claims.contested() };
}

/** What stands between a service and its start, found out from the whole fleet. */
function admitted(fleet: Fleet, name: string) {
  const entry = fleet.entries.get(name)!;
  return fleet.blockers().get(name) ?? (entry.bornContested ? entry.stale : undefined);
}

describe('absorbing', () => {
  it('a change gives what absorbing everything anew gives, for the same fleet', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
        const fleet = new Fleet([]);
        const anew = new Fleet([]);
        const files = new Map(SOURCES.map((source) => [source, new Map<string, SnapshotFile>()]));
        const snapshots = new Map<string, Snapshot>();
        edits.forEach(({ source, file, content: given, complete, confirm }, step) => {
          const held = files.get(source)!;
          if (given === undefined) held.delete(file);
          else held.set(file, shown(file, given));
          const sorted = [...held.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
          const revision = `r${String(step)}`;
          snapshots.set(source, { source, revision, complete, files: sorted });
          const inputs = {
            snapshots,
            sources: new Set(SOURCES),
            removedByUs: new Set<string>(),
            confirmed: new Map(confirm ? [[source, revision]] : []),
            now: step,
          };
          const before = new Map([...fleet.entries].map(([name, entry]) => [name, substance(entry)]));
          const { changed, history } = fleet.absorb(inputs);
          const all = anew.absorb({ ...inputs, snapshots: copied(snapshots) });
          expect(picture(fleet)).toEqual(picture(anew));
          for (const [name, entry] of fleet.entries)
            if (!entry.deleted) expect(entry.blocked).toEqual(admitted(fleet, name));
          expect(byName(history)).toEqual(byName(all.history));
          // Who is contested is said to have changed by every look anew; who really has is always among them.
          for (const identity of changed) expect(all.changed).toContain(identity);
          for (const [identity, entry] of fleet.entries)
            if (substance(entry) !== before.get(identity)) expect(changed).toContain(identity);
          expect(fleet.absorb(inputs)).toEqual({ changed: new Set(), history: [] });
        });
      }),
      { numRuns: sized(150, 3000) },
    );
  });
});

/** In the order of names; each is named once at most. */
function byName(history: readonly HistoryEntry[]): readonly HistoryEntry[] {
  return [...history].sort((a, b) => (a.identity < b.identity ? -1 : 1));
}

/** What of an entry is worth a reconcile. */
function substance({ row, stale, blocked, deleted }: Entry): string {
  return JSON.stringify([row.manifest, row.origin.file, row.origin.line, stale, blocked, deleted]);
}

/** The same with no file that was seen before: all is taken in anew. */
function copied(snapshots: ReadonlyMap<string, Snapshot>): ReadonlyMap<string, Snapshot> {
  return new Map(
    [...snapshots].map(([source, snapshot]) => [
      source,
      { ...snapshot, files: snapshot.files.map((file) => ({ ...file })) },
    ]),
  );
}
