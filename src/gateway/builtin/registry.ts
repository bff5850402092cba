import type { BuiltinTool } from './tool.ts';
import { applyManifest } from './tools/apply-manifest.ts';
import { authProviderHealth } from './tools/auth-provider-health.ts';
import { bootstrapAppTool } from './tools/clarity-bootstrap-app.ts';
import { ensureCompiler } from './tools/clarity-ensure-compiler.ts';
import { help } from './tools/clarity-help.ts';
import { projectStructure } from './tools/clarity-project-structure.ts';
import { sources } from './tools/clarity-sources.ts';
import { deleteAuthSecret } from './tools/delete-auth-secret.ts';
import { getAgentEvents } from './tools/get-agent-events.ts';
import { getAgentRuns } from './tools/get-agent-runs.ts';
import { getAudit } from './tools/get-audit.ts';
import { getCostLedger } from './tools/get-cost-ledger.ts';
import { getLogs } from './tools/get-logs.ts';
import { getService } from './tools/get-service.ts';
import { getTraces } from './tools/get-traces.ts';
import { listAuthSecrets } from './tools/list-auth-secrets.ts';
import { listServices } from './tools/list-services.ts';
import { refreshInterface } from './tools/refresh-interface.ts';
import { registerLocal } from './tools/register-local.ts';
import { registerRemote } from './tools/register-remote.ts';
import { registerStdio } from './tools/register-stdio.ts';
import { registerViaUrl } from './tools/register-via-url.ts';
import { removeService } from './tools/remove-service.ts';
import { restartService } from './tools/restart-service.ts';
import { setAuthSecret } from './tools/set-auth-secret.ts';
import { startService } from './tools/start-service.ts';
import { statusSummary } from './tools/status-summary.ts';
import { stopService } from './tools/stop-service.ts';
import { unquarantineService } from './tools/unquarantine-service.ts';
import { validateAuthRef } from './tools/validate-auth-ref.ts';

/** Every tool of the runtime's own, by name (original contract §2, §3): its 29, and register_stdio. */
export const BUILTIN_TOOLS: readonly BuiltinTool[] = [
  bootstrapAppTool,
  ensureCompiler,
  help,
  projectStructure,
  sources,
  applyManifest,
  authProviderHealth,
  deleteAuthSecret,
  getAgentEvents,
  getAgentRuns,
  getAudit,
  getCostLedger,
  getLogs,
  getService,
  getTraces,
  listAuthSecrets,
  listServices,
  refreshInterface,
  registerLocal,
  registerRemote,
  registerStdio,
  registerViaUrl,
  removeService,
  restartService,
  setAuthSecret,
  startService,
  statusSummary,
  stopService,
  unquarantineService,
  validateAuthRef,
];
