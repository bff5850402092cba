import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The acceptance list of the design, line by line (reconcile-behaviour §10), each with the titles of the tests that hold it.
 * A title is the line itself or one of its parts, in its words.
 */
const LINES: Readonly<Record<string, readonly string[]>> = {
  'broken YAML': [
    'broken YAML saved over a good file: process pid unchanged, condition Synced=False reason ManifestInvalid, `get` shows OutOfSync and exits 0; fix → same pid if spec equal',
  ],
  deletion: [
    'delete the file: stopped after two scans',
    'delete whole folder: nothing stops, `SourceMissing`',
    '`stop` then `start` of a hand-written manifest: exit 0, comments survive',
  ],
  'edits without meaning': [
    'rename the file / move to subfolder / reorder keys / add a comment: no restart, generation unchanged',
  ],
  checkout: ['`git checkout` of 3 000 files between two revisions: zero stops of services present in both'],
  conflict: ['two files claim one identity: both frozen, both named; removing one heals'],
  root: ['root removed and recreated: reconciles within one poll tick without restart of the daemon'],
  ConfigMap: ['ConfigMap `..data` swap: exactly one reconcile per changed identity'],
  quarantine: [
    'crash 5× fast: QUARANTINED with stderr tail',
    'stop, start, restart do not release it, a changed origin or unquarantine does',
  ],
  'sudden ends': ['kill -9 the child: restarted, restarts=1', 'kill -9 the daemon: no orphan grandchild after restart'],
  'hanging start': ['generation N start hanging, N+1 saved: N aborted, N+1 runs within 1 s'],
  dependsOn: ['dependsOn cycle: all Stalled, path printed', 'dependency Ready wakes dependants'],
  'diff and apply': ['`diff` 0/1/2', '`apply` twice → `unchanged`; `apply` on human file → conflict; comments survive'],
  wait: ['`wait --for=ready` right after apply never returns on the old generation'],
  'one daemon': ['second daemon on the same state dir: exit 3'],
};

const texts = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .map((path) => readFileSync(join(import.meta.dirname, path), 'utf8'));

/** How many tests or groups have exactly this title. */
function held(title: string): number {
  const quoted = `'${title}'`.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const call = new RegExp(`\\b(?:it|describe)(?:\\.\\w+)*(?:\\([^()]*\\))?\\(\\s*${quoted},`, 'g');
  return texts.reduce((sum, text) => sum + (text.match(call)?.length ?? 0), 0);
}

describe('every line of the acceptance list is a test with that name', () => {
  it.each(Object.entries(LINES))('%s', (_line, titles) => {
    expect(titles.map((title) => [title, held(title)])).toEqual(titles.map((title) => [title, 1]));
  });
});
