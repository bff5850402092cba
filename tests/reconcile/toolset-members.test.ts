import { expect, it } from 'vitest';
import { toolsetMembers } from '../../src/reconcile/toolset-members.ts';

const SERVICES = [
  { identity: 'files', labels: { team: 'docs', stage: 'test' } },
  { identity: 'wiki', labels: { team: 'docs' } },
  { identity: 'git', labels: { team: 'code' } },
  { identity: 'team', labels: {} },
];

it.each([
  [undefined, ['files', 'wiki', 'git', 'team'], []],
  [['git'], ['git'], []],
  [['team'], ['team'], []],
  [['team,'], ['files', 'wiki', 'git'], []],
  [['!team'], ['team'], []],
  [['team=docs'], ['files', 'wiki'], []],
  [['team=docs,stage!=test'], ['wiki'], []],
  [['team=docs,!stage', 'git'], ['wiki', 'git'], []],
  [['ghost', 'git', 'team=none'], ['git'], ['ghost', 'team=none']],
  [['constructor,', 'toString='], [], ['constructor,', 'toString=']],
] as const)('services %j selects %j', (services, members, idle) => {
  const found = toolsetMembers(services, SERVICES);
  expect([...found.members].sort()).toEqual([...members].sort());
  expect(found.idle).toEqual(idle);
});
