import { describe, expect, it } from 'vitest';
import { readProject } from '../../src/toolchain/project-file.ts';

const read = (value: unknown) => readProject(JSON.stringify(value));

describe('clarity.json', () => {
  it('says what the service is; it is an mcp service where nothing else is said', () => {
    const given = { name: 'greeter', version: '1.0.0', entry: 'main.clarity', module: 'Greeter' };
    expect(read(given)).toEqual({ project: { ...given, service_type: 'mcp' }, errors: [], warnings: [] });
  });

  it('may describe an agent', () => {
    const agent = { role: 'Helper', objective: 'Helps.', mcp_tools: ['a'], hitl: true, triggers: ['api'] };
    expect(read({ service_type: 'agent', agent }).project).toEqual({ service_type: 'agent', agent });
  });

  it.each([
    ['{', /^This is no JSON: /],
    ['[]', /one JSON object/],
    ['{"name": 3}', /^name must be a text that is not empty\.$/],
    ['{"entry": " "}', /^entry must be a text/],
    ['{"service_type": "cron"}', /^service_type must be one of mcp, agent\.$/],
    ['{"service_type": "agent"}', /^agent is required/],
    ['{"agent": []}', /^agent must be an object\.$/],
    ['{"agent": {"objective": "x"}}', /^agent\.role is required/],
    ['{"agent": {"role": "x", "objective": "x", "inputs": "a"}}', /^agent\.inputs must be a list of texts\.$/],
    ['{"agent": {"role": "x", "objective": "x", "triggers": ["web"]}}', /^agent\.triggers must be out of timer/],
    ['{"agent": {"role": "x", "objective": "x", "hitl": "yes"}}', /^agent\.hitl must be true or false\.$/],
  ])('%s is refused', (text, message) => {
    const { project, errors } = readProject(text);
    expect(project).toBeUndefined();
    expect(errors).toEqual([expect.stringMatching(message)]);
  });

  it('warns of what it does not know, and is used all the same', () => {
    const { project, warnings } = read({ nmae: 'x', agent: { role: 'a', objective: 'b', tool: [] }, toString: 1 });
    expect(project).toBeDefined();
    expect(warnings).toEqual([
      'nmae is not known; did you mean name?',
      'toString is not known',
      'agent.tool is not known',
    ]);
  });
});
