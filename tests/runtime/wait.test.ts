import { expect, it } from 'vitest';

import { judge } from '../../src/runtime/wait.ts';
import type { Diagnostic } from '../../src/shared/diagnostic.ts';
import { FakeRuntime, TEXT } from '../helpers/fake-runtime.ts';

const diagnostic = (severity: Diagnostic['severity']): Diagnostic => ({
  severity,
  code: 'ManifestInvalid',
  file: 'services.d/files.yaml',
  line: 5,
  column: 1,
  message: 'spec needs the field "origin"',
  text: '',
});
const viewWith = (...diagnostics: Diagnostic[]) => new FakeRuntime().add(TEXT, { view: { diagnostics } });
const refused = { met: false, why: 'ManifestInvalid: services.d/files.yaml:5:1 spec needs the field "origin"' };

it('a service is ready where nothing of what was saved is refused', () => {
  expect(judge(viewWith(), { kind: 'ready' }, 1)?.met).toBe(true);
  expect(judge(viewWith(diagnostic('warning')), { kind: 'ready' }, 1)?.met).toBe(true);
});

it('one that serves its last good version is not: over at once, with the line', () => {
  expect(judge(viewWith(diagnostic('error')), { kind: 'ready' }, 1)).toEqual(refused);
});

it('is no hindrance to other goals', () => {
  const verdict = judge(viewWith(diagnostic('error')), { kind: 'condition', type: 'Ready', status: 'True' }, 1);
  expect(verdict?.met).toBe(true);
});
