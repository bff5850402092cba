/**
 * What comes with the agents, one line each: questions to people, agents, their messages, traces and costs (original contract §1c, §1f, §9).
 * Here it is known and refused: 501 over HTTP, -32004 over MCP, a warning for a variable. This list ends up empty.
 */
export const PENDING: Readonly<Record<'routes' | 'tools' | 'commands' | 'variables', readonly string[]>> = {
  routes: [
    'GET /questions',
    'POST /questions',
    'GET /questions/:key',
    'POST /answer',
    'POST /cancel',
    'GET /events',
    'GET /api/traces',
    'GET /api/costs/runs',
    'GET /api/agents/registry',
    'GET /api/agents/runs',
    'GET /api/agents/events',
    'POST /api/agents/events',
    'GET /api/agents/runs/:runId/events',
    'GET /api/agents/runs/:runId/events/stream',
    'POST /api/agents/runs/:runId/messages',
    'POST /api/agents/runs/:runId/hitl',
    'GET /api/a2a/capabilities',
    'POST /api/a2a/messages',
  ],
  tools: ['runtime__get_agent_runs', 'runtime__get_agent_events', 'runtime__get_traces', 'runtime__get_cost_ledger'],
  commands: [],
  variables: [
    'CLARITY_TRACE_MAX_SPANS',
    'CLARITY_PRICING_TABLE_PATH',
    'CLARITY_PRICING_TABLE_JSON',
    'CLARITY_BUDGET_MAX_TOOL_CALLS_PER_RUN',
    'CLARITY_BUDGET_MAX_TOTAL_TOKENS_PER_RUN',
    'CLARITY_BUDGET_MAX_TOTAL_COST_USD',
    'CLARITY_HITL_MAX_MESSAGE_CHARS',
    'CLARITY_HITL_CHAT_MODE',
    'CLARITY_A2A_MAX_MESSAGE_BYTES',
    'CLARITY_RUNTIME_CHAT_API_KEY_ENV',
  ],
};
