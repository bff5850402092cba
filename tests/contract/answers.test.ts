import { describe, expect, it } from 'vitest';
import { sharedApi } from '../helpers/test-api.ts';

const api = sharedApi();

/** Keys of the original, each answer with all that may not be missing (original contract §1d). A key with a dot lies deeper. */
const SUMMARY = [
  ...['serviceId', 'displayName', 'sourceFile', 'module', 'serviceType', 'agent', 'originType', 'lifecycle', 'health'],
  ...['uptimeSeconds', 'restartCount', 'policy.restart', 'policy.remote', 'interface.interfaceRevision'],
  ...['interface.introspectedAt', 'interface.tools', 'interface.resources', 'interface.prompts'],
];
const RECORD = [
  ...['manifest', 'runtime.lifecycle', 'runtime.health', 'runtime.enabled', 'runtime.autostart'],
  ...['runtime.uptimeSeconds', 'runtime.restartCount', 'interfaceSnapshot.interfaceRevision'],
  ...['interfaceSnapshot.introspectedAt', 'interfaceSnapshot.tools', 'interfaceSnapshot.resources'],
  'interfaceSnapshot.prompts',
];
const INTERFACE = ['serviceId', 'interfaceRevision', 'introspectedAt', 'tools', 'resources', 'prompts'];
const TOOLS = ['systemTools.count', 'systemTools.items'];
const COUNTS = [
  ...['total', 'mcpServices', 'agentServices', 'running', 'runningMcp', 'runningAgent', 'degraded', 'stopped'],
  ...['quarantined', 'localMcp', 'remoteMcp', 'localAgent', 'remoteAgent', 'local', 'remote'],
].map((key) => `summary.${key}`);
const RUNS = ['totalRuns', 'running', 'waiting', 'completed', 'failed', 'cancelled'].map((key) => `agents.${key}`);
const STATUS = [
  ...['runtime.version', 'runtime.pid', 'runtime.uptimeSeconds', 'gateway.listen', 'gateway.mcpPath'],
  ...['gateway.healthy', ...TOOLS, ...COUNTS, ...RUNS, 'lastUpdated'],
  ...['runtime', 'clarity'].flatMap((room) => [`systemTools.${room}.count`, `systemTools.${room}.items`]),
  ...SUMMARY.map((key) => `services.0.${key}`),
];
const below = (prefix: string, keys: readonly string[]) => keys.map((key) => `${prefix}.${key}`);

function missing(json: unknown, keys: readonly string[]): readonly string[] {
  const at = (path: string) =>
    path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined | null)?.[key], json);
  return keys.filter((key) => at(key) === undefined);
}

describe('an answer has the keys of the original', () => {
  it.each<[string, readonly string[]]>([
    ['/api/services', below('items.0', SUMMARY)],
    ['/api/status', STATUS],
    ['/api/services/files', below('service', RECORD)],
    ['/api/services/files/interface', INTERFACE],
    ['/api/services/files/logs', ['serviceId', 'lines']],
    ['/api/services/files/events', ['serviceId', 'items']],
    [
      '/api/services/files/details',
      [
        ...['serviceId', ...below('summary', SUMMARY), ...below('service', RECORD), ...below('interface', INTERFACE)],
        ...['logs', 'events', 'recentCalls'],
      ],
    ],
    ['/api/audit', ['items']],
    ['/api/security/auth/providers', ['providers.3.name', 'providers.3.supported', 'fileRoot', 'fileRootExists']],
    ['/api/security/auth/secrets', ['count', 'items']],
    [
      '/api/security/auth/validate?auth_ref=env:X',
      [...['authRef', 'provider', 'target', 'redactedTarget', 'valid', 'issues', 'headerKeys', 'source']],
    ],
  ])('%s', async (path, keys) => {
    const { status, json } = await api().ask(path);
    expect(status).toBe(200);
    expect(missing(json, keys)).toEqual([]);
  });

  it('a service that answers a verb is a record', async () => {
    const { json } = await api().ask({ method: 'POST', url: '/api/services/files/restart?wait=0' });
    expect(missing(json, below('service', RECORD))).toEqual([]);
  });
});
