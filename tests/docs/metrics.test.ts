import { describe, expect, it } from 'vitest';
import { METRICS } from '../../src/telemetry/metrics/table.ts';

const HEAD = `# Metrics

\`GET /metrics\` answers in Prometheus's text format 0.0.4. It is closed by the token as other routes are, because the names of services stand in it:

\`\`\`yaml
scrape_configs:
  - job_name: clarity
    authorization: { credentials_file: /etc/prometheus/clarity-token }
    static_configs: [{ targets: ['127.0.0.1:4707'] }]
\`\`\`

- The names are those of controller-runtime and client-go with the prefix \`clarity_\`; \`process_\` and \`nodejs_\` have their usual ones. A *look* is a reconcile.
- Everything is read at the scrape; between two of them the daemon only counts. 5,000 services that have all been called are 5 MB and some 20 ms of work in slices of a few.
- A service that is gone loses its series. One that nobody has called has none under \`clarity_tool_\`.
- A call counts for the service that it went to: calls by other services too, calls of tools that do not exist nowhere.

Some to begin with:

| Alert | Expression |
|---|---|
| a service is not Ready though it should be | \`clarity_service_ready == 0 unless on (service) clarity_service_info{health_status="Suspended"}\` |
| a service restarts again and again | \`increase(clarity_service_restarts_total[15m]) > 3\` |
| a manifest is broken | \`clarity_manifest_errors > 0\` |
| a source cannot be read | \`clarity_source_last_reload_successful == 0\` |
| the loop is behind | \`clarity_workqueue_depth > 0 and clarity_workqueue_longest_running_processor_seconds > 60\` |
| a service gets no calls, because too many failed | \`max by (service) (clarity_circuit_state) > 0\` |
| calls fail | \`sum by (service) (rate(clarity_tool_calls_total{outcome!~"success\\|tool_error\\|cancelled"}[5m])) > 0\` |

Generated from \`src/telemetry/metrics/table.ts\`; \`npx vitest run tests/docs -u\` writes it anew.

| Metric | Type | Labels | Meaning |
|---|---|---|---|
`;

describe('docs/reference/metrics.md', () => {
  it('is the table of metrics', async () => {
    const rows = Object.entries(METRICS).map(
      ([name, { type, labels, help }]) =>
        `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help} |\n`,
    );
    await expect(HEAD + rows.join('')).toMatchFileSnapshot('../../docs/reference/metrics.md');
  });

  it.each(Object.entries(METRICS))(
    '%s is named as Prometheus wants it, and says in one line what it is',
    (name, row) => {
      expect(name).toMatch(/^(clarity|process|nodejs)_[a-z_]+$/);
      expect([name, name.startsWith('clarity_') && name.endsWith('_total')]).toEqual([
        name,
        name.startsWith('clarity_') && row.type === 'counter',
      ]);
      if (row.type === 'histogram') expect(name).toMatch(/_seconds$/);
      expect(row.help).toMatch(/^[A-Z1].*\.$/);
      expect(row.help).not.toContain('|');
    },
  );
});
