import { expect, it } from 'vitest';
import { hostAllowed } from '../../src/security/host-allowed.ts';

it.each<[string, (readonly string[] | undefined)[], boolean]>([
  ['api.example.com', [], true],
  ['api.example.com', [undefined, undefined], true],
  ['api.example.com', [['api.example.com']], true],
  ['API.example.com', [['api.EXAMPLE.com ']], true],
  ['api.example.com.', [['api.example.com']], true],
  ['[::1]', [['::1']], true],
  ['api.example.com', [[]], false],
  ['api.example.com', [['example.com']], false],
  ['api.example.com', [['*.example.com']], false],
  ['api.example.com', [['api.example.com'], ['other.example.com']], false],
  ['api.example.com', [undefined, ['api.example.com']], true],
  ['localhost', [['127.0.0.1']], false],
])('%s against %j: %s', (host, lists, allowed) => {
  expect(hostAllowed(host, lists)).toBe(allowed);
});
