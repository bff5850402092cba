import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { CIRCUIT_SETTINGS, type CircuitSettings } from '../shared/circuit-settings.ts';
import { BUILT_IN_LIMITS, type DefaultLimits } from '../shared/limits.ts';
import { readAuthToken } from './auth-token.ts';
import type { RuntimeConfig } from './config.ts';
import type { Environment } from './environment.ts';
import { integer, share, toggle, usage, type Settings } from './settings.ts';
import { sourceConfigs } from './source-configs.ts';
import { VARIABLES } from './variables.ts';

const HOSTNAME = /^[a-z0-9]([a-z0-9.-]{0,252}[a-z0-9])?$/i;
const ALLOWED_HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i;
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]+$/i;

type PathSetting = 'CLARITYD_STATE' | 'CLARITY_REMOTE_AUTH_FILE_ROOT' | 'CLARITY_HITL_DIR';

/** The settings checked, resolved and frozen. Throws ClarityError Usage that names the flag or variable. */
export function daemonConfig(
  settings: Settings,
  env: Environment,
  cwd: string,
  warn: (text: string) => void,
): RuntimeConfig {
  const workspace = workspaceOf(settings, cwd);
  const path = (name: PathSetting, base: string, fallback: string) =>
    resolve(base, settings.one(name)?.value ?? resolve(workspace, fallback));
  const authToken = readAuthToken(settings, cwd, warn);
  const remoteAllowedHosts = settings.all('CLARITY_REMOTE_ALLOWED_HOSTS').map(({ value }) => value.toLowerCase());
  for (const variable of VARIABLES)
    if ('pending' in variable && settings.one(variable.name) !== undefined)
      warn(`${variable.name} is set and has no effect yet: it comes with the agents`);
    else if ('idle' in variable && settings.one(variable.name) !== undefined)
      warn(`${variable.name} is set and has no effect: ${variable.idle}`);
  const compilerBin = settings.one('CLARITYC_BIN')?.value;
  return Object.freeze({
    workspace,
    state: path('CLARITYD_STATE', cwd, '.clarity'),
    host: hostOf(settings),
    port: integer(settings.one('CLARITYD_PORT'), 0, 65_535, 4707),
    ...(authToken === undefined ? {} : { authToken }),
    allowedHosts: matching(settings, 'CLARITYD_ALLOWED_HOST', ALLOWED_HOST, 'is no host or host:port'),
    allowedOrigins: matching(settings, 'CLARITYD_ALLOWED_ORIGIN', ORIGIN, 'is no origin such as https://example.com'),
    sources: sourceConfigs(settings, workspace, cwd),
    logLevel: (settings.one('CLARITYD_LOG_LEVEL')?.value ?? 'info') as RuntimeConfig['logLevel'],
    logFormat: (settings.one('CLARITYD_LOG_FORMAT')?.value ?? 'pretty') as RuntimeConfig['logFormat'],
    limits: limitsOf(settings),
    circuit: circuitOf(settings),
    ...(remoteAllowedHosts.length === 0 ? {} : { remoteAllowedHosts }),
    ...(compilerBin === undefined ? {} : { compilerBin }),
    provisioningApproval: (settings.one('CLARITY_MCP_PROVISIONING_APPROVAL')?.value ??
      'none') as RuntimeConfig['provisioningApproval'],
    hitlDir: path('CLARITY_HITL_DIR', workspace, '.clarity-hitl'),
    hitlTimeoutMs: integer(settings.one('CLARITY_HITL_TIMEOUT_SECS'), 1, 604_800, 600) * 1000,
    provisioning: toggle(settings.one('CLARITY_ENABLE_MCP_PROVISIONING'), false),
    auditLifecycle: toggle(settings.one('CLARITY_AUDIT_INCLUDE_LIFECYCLE'), true),
    secretsRoot: path('CLARITY_REMOTE_AUTH_FILE_ROOT', workspace, '.clarity/secrets'),
    env: Object.freeze({ ...env }),
  });
}

function workspaceOf(settings: Settings, cwd: string): string {
  const setting = settings.one('CLARITYD_WORKSPACE') ?? { value: '.', from: '--workspace' };
  const workspace = resolve(cwd, setting.value);
  if (statSync(workspace, { throwIfNoEntry: false })?.isDirectory()) return workspace;
  throw usage(setting, `is no folder (${workspace})`);
}

/** Without the brackets of an IPv6 address. */
function hostOf(settings: Settings): string {
  const setting = settings.one('CLARITYD_HOST') ?? { value: '127.0.0.1', from: '--host' };
  const host = setting.value.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) !== 0 || HOSTNAME.test(host)) return host;
  throw usage(setting, 'is no address to listen on');
}

function matching(
  settings: Settings,
  name: 'CLARITYD_ALLOWED_HOST' | 'CLARITYD_ALLOWED_ORIGIN',
  pattern: RegExp,
  why: string,
): readonly string[] {
  return settings.all(name).map((setting) => {
    const value = setting.value.replace(/\/$/, '').toLowerCase();
    if (!pattern.test(value)) throw usage(setting, why);
    return value;
  });
}

/** The ranges are those of the manifest's own fields. */
function limitsOf(settings: Settings): DefaultLimits {
  const limit = (name: Parameters<Settings['one']>[0], min: number, max: number, builtIn: number) =>
    integer(settings.one(name), min, max, builtIn);
  const of = BUILT_IN_LIMITS;
  return Object.freeze({
    remoteTimeoutMs: limit('CLARITY_REMOTE_DEFAULT_TIMEOUT_MS', 1, 3_600_000, of.remoteTimeoutMs),
    remoteMaxPayloadBytes: limit('CLARITY_REMOTE_MAX_PAYLOAD_BYTES', 1024, 1_073_741_824, of.remoteMaxPayloadBytes),
    remoteMaxConcurrency: limit('CLARITY_REMOTE_MAX_CONCURRENCY', 1, 10_000, of.remoteMaxConcurrency),
    remoteRetryMax: limit('CLARITY_REMOTE_RETRY_MAX', 0, 100, of.remoteRetryMax),
    remoteRetryBackoffMs: limit('CLARITY_REMOTE_RETRY_BACKOFF_MS', 0, 3_600_000, of.remoteRetryBackoffMs),
    wasmTimeoutMs: limit('CLARITY_LOCAL_FN_TIMEOUT_MS', 1, 3_600_000, of.wasmTimeoutMs),
  });
}

function circuitOf(settings: Settings): CircuitSettings {
  const of = CIRCUIT_SETTINGS;
  return Object.freeze({
    windowMs: integer(settings.one('CLARITY_TOOL_CIRCUIT_WINDOW_SECONDS'), 1, 86_400, of.windowMs / 1000) * 1000,
    minCalls: integer(settings.one('CLARITY_TOOL_CIRCUIT_MIN_CALLS'), 1, 1_000_000_000, of.minCalls),
    errorRate: share(settings.one('CLARITY_TOOL_CIRCUIT_ERROR_RATE'), of.errorRate),
  });
}
