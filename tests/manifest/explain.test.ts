import { describe, expect, it } from 'vitest';
import { explain } from '../../src/manifest/index.ts';

describe('explaining a field', () => {
  it.each([
    ['spec.origin.local_stdio.command', { type: 'string', required: true, fields: [] }],
    ['spec.enabled', { type: 'boolean', required: false, default: true }],
    ['spec.session', { enum: ['auto', 'shared', 'perClient'], default: 'auto' }],
    ['spec.origin', { type: 'local_wasm | local_stdio | remote_mcp', required: true }],
    ['spec.origin.remote_mcp.type', { type: '"remote_mcp"', required: true }],
    ['spec.origin.local_stdio.env', { type: 'list of object' }],
    ['spec.origin.local_stdio.env.secretRef', { type: 'string', required: false }],
    ['metadata.labels', { type: 'map of string', default: {} }],
    ['metadata.labels.team', { type: 'string' }],
    ['spec.reconcile.interval', { type: 'string | number', default: '60s' }],
    ['policy.spec.tools', { type: 'object', required: false }],
    ['Policy', { type: 'object' }],
    ['MCPService.spec.policyRef', { default: 'default' }],
    ['', { type: 'MCPService | Policy | Toolset | Source' }],
  ])('%s', (path, expected) => {
    const answer = explain(path);
    expect(answer).toMatchObject({ path, ...expected });
    expect(answer).toHaveProperty('description', expect.stringMatching(/\w/));
  });

  it('lists the fields below', () => {
    expect(explain('spec.origin.remote_mcp.retry')).toMatchObject({
      fields: [
        { name: 'max', type: 'integer', required: false },
        { name: 'backoffMs', type: 'integer', required: false },
      ],
    });
  });

  it('lists all levels when asked', () => {
    const named = ['kind', 'metadata.name', 'spec.budgets.costUsd'].map(
      (name) => expect.objectContaining({ name }) as unknown,
    );
    expect(explain('policy', { recursive: true })).toMatchObject({ fields: expect.arrayContaining(named) as unknown });
  });

  it.each([
    ['spec.enabeld', ['spec.enabled']],
    ['spec.orign.local_stdio.command', ['spec.origin.local_stdio.command']],
    ['policy.spec.hots', ['policy.spec.hosts']],
    ['command', ['spec.origin.local_wasm.compiler.command', 'spec.origin.local_stdio.command']],
    ['spec.origin.command', ['spec.origin.local_wasm.compiler.command', 'spec.origin.local_stdio.command']],
    ['nothing.like.this', []],
    ['spec.enabled.deeper', []],
    ['constructor', []],
  ])('suggests for %s', (path, suggestions) => {
    expect(explain(path)).toEqual({ suggestions });
  });
});
