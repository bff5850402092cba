import { expect, it } from 'vitest';
import { maskEntryValues } from '../../src/manifest/index.ts';

const M = '********';

it.each([
  ['a plain value', 'env:\n  - name: A\n    value: hush # why', `env:\n  - name: A\n    value: ${M} # why`],
  [
    'a flow entry',
    'headers: [{name: A, value: "hu, sh"}, {name: B, value: x}]',
    `headers: [{name: A, value: ${M}}, {name: B, value: ${M}}]`,
  ],
  [
    'a block scalar',
    'env:\n  - value: |\n      hu\n      sh\n    name: A\n',
    `env:\n  - value: ${M}\n      ${M}\n      ${M}\n    name: A\n`,
  ],
  ['JSON', '{"env": [{"name": "A", "value": "hush"}]}', `{"env": [{"name": "A", "value": ${M}}]}`],
  ['every document', 'env: [{value: a}]\n---\nenv: [{value: b}]', `env: [{value: ${M}}]\n---\nenv: [{value: ${M}}]`],
  ['a password in a URL', 'endpoint: https://u:hush@h/', 'endpoint: https://u:****@h/'],
])('masks %s', (_, text, masked) => {
  expect(maskEntryValues(text)).toBe(masked);
});

it.each([
  'args: ["value: rm -rf /"]',
  'env: [{name: A, secretRef: "env:A"}]',
  'spec: {value: shown}',
  'env: {value: x}',
])('leaves %s: nothing hides behind a mask', (text) => {
  expect(maskEntryValues(text)).toBe(text);
});
