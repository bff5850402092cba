import { describe, expect, it } from 'vitest';
import { parseDaemonArgs } from '../../src/config/index.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const configOf = (env: Record<string, string>) => {
  const parsed = parseDaemonArgs([], env, tempFolder(), '1.0.0');
  if (parsed.kind !== 'run') throw new Error('no configuration');
  return parsed.config;
};

describe('the gate of provisioning over MCP', () => {
  it.each([
    ['1', true],
    ['TRUE', true],
    ['yes', true],
    ['on', true],
    ['0', false],
    ['off', false],
    ['', false],
  ])('CLARITY_ENABLE_MCP_PROVISIONING=%s is %s', (value, expected) => {
    expect(configOf({ CLARITY_ENABLE_MCP_PROVISIONING: value }).provisioning).toBe(expected);
  });

  it('refuses what is neither, so that nobody believes a gate open or shut that is not', () => {
    expect(() => configOf({ CLARITY_ENABLE_MCP_PROVISIONING: 'maybe' })).toThrow(
      'CLARITY_ENABLE_MCP_PROVISIONING "maybe" is none of 1, true',
    );
    expect(() => configOf({ CLARITY_MCP_PROVISIONING_APPROVAL: 'always' })).toThrow('is none of none, required');
  });

  it('asks nobody unless approval is required', () => {
    expect(configOf({}).provisioningApproval).toBe('none');
    expect(configOf({ CLARITY_MCP_PROVISIONING_APPROVAL: 'required' }).provisioningApproval).toBe('required');
  });
});
