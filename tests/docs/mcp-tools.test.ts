import { describe, expect, it } from 'vitest';
import { BUILTIN_TOOLS } from '../../src/gateway/builtin/registry.ts';

const HEAD = `# Tools of the runtime over MCP

Listed at \`/mcp\` before the tools of services; not at \`/mcp/s/<name>\` and \`/mcp/t/<name>\`, and not to services that call other services. No
service can take the namespaces \`runtime\` and \`clarity\`.

- The answer is JSON, pretty printed in \`content[0].text\` and whole in \`structuredContent\`. A second text says what else there is to know: why a service did not start, that a person has to agree.
- Arguments that are wrong are the error -32602; it names each of them, what it should be, and what was probably meant. \`run_id\`, \`trace_id\`, \`session_id\` and \`correlation_id\` may be given to every tool.
- What a tool cannot do is a result with \`isError: true\` and a sentence that says what to do. (clarity-runtime 0.9.0 answered with the error -32000, which clients do not show their models.)
- **gated** tools answer how the gate is opened unless \`CLARITY_ENABLE_MCP_PROVISIONING\` is 1, true, yes or on. bootstrap_app was open in clarity-runtime 0.9.0.
- Tools that register services only write a manifest, \`services.d/mcp/<name>.yaml\` with the mark \`clarity.runtime/managed-by: mcp\`, and wait until the service has settled, at most its startTimeoutMs. What a person wrote by hand is never changed or removed. The host of a remote server is checked against \`CLARITY_REMOTE_ALLOWED_HOSTS\` and its Policy first. Secrets stand in manifests as references only.
- With \`CLARITY_MCP_PROVISIONING_APPROVAL=required\` the register tools, apply_manifest, remove_service and the registration of bootstrap_app change nothing before a person has agreed (\`clarityctl approve\`). The call waits 30 s for that, with progress notifications where they are asked for, and then answers \`{applied: false, proposal}\`; the same call again waits for the same proposal.
- get_agent_runs, get_agent_events, get_traces and get_cost_ledger answer the error -32004: not available yet.

Generated from \`src/gateway/builtin/tools/\`; \`npx vitest run tests/docs -u\` writes it anew.

`;

interface Property {
  readonly description: string;
  readonly default?: unknown;
}

describe('docs/reference/mcp-tools.md', () => {
  it('is what the tools declare', async () => {
    await expect(HEAD + BUILTIN_TOOLS.map(section).join('\n')).toMatchFileSnapshot('../../docs/reference/mcp-tools.md');
  });
});

function section({
  name,
  title,
  description,
  inputSchema,
  outputSchema,
  annotations,
  gated,
}: (typeof BUILTIN_TOOLS)[number]) {
  const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = annotations;
  const marks = [
    readOnlyHint ? 'reads only' : destructiveHint ? 'may end or replace what is there' : 'changes',
    ...(idempotentHint ? [] : ['each call counts']),
    ...(openWorldHint ? ['reaches outside'] : []),
    ...(gated ? ['**gated**'] : []),
  ];
  const required = new Set((inputSchema.required ?? []) as readonly string[]);
  const properties = Object.entries(inputSchema.properties as unknown as Record<string, Property>);
  const rows = properties.map(([argument, property]) => {
    const usual = required.has(argument)
      ? 'required'
      : property.default === undefined
        ? ''
        : JSON.stringify(property.default);
    return `| \`${argument}\` | ${usual} | ${property.description.replaceAll('|', '\\|')} |\n`;
  });
  const table = rows.length === 0 ? 'No arguments.\n' : `| Argument | Default | |\n|---|---|---|\n${rows.join('')}`;
  const keys = Object.keys(outputSchema.properties as object).map((key) => `\`${key}\``);
  return `## ${name}\n\n${title}: ${marks.join(', ')}. ${description}\n\n${table}\nAnswers ${keys.join(', ')}.\n`;
}
