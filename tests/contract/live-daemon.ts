import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { beforeAll, expect } from 'vitest';
import { parseDaemonArgs } from '../../src/config/index.ts';
import { startDaemon } from '../../src/daemon.ts';
import { Redactor } from '../../src/security/redactor.ts';
import { createLogger } from '../../src/telemetry/logger.ts';

const TOKEN = 'contract-token';

/** A daemon in this process for all tests of the file: with a token, with provisioning, without services. */
export function liveDaemon(): (
  method: string,
  path: string,
  init?: { body?: unknown; token?: string | null },
) => Promise<Response> {
  let url: string | undefined;
  beforeAll(async () => {
    const dir = realpathSync(mkdtempSync(join(tmpdir(), 'clarity-contract-')));
    const env = { CLARITYD_AUTH_TOKEN: TOKEN, CLARITY_ENABLE_MCP_PROVISIONING: '1', HOME: dir };
    const command = parseDaemonArgs(['--port', '0', '--log-level', 'silent'], env, dir, '0.1.0');
    if (command.kind !== 'run') throw new Error(command.text);
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const logger = createLogger({ level: 'silent', redact: (text) => text, destination: nowhere });
    const daemon = await startDaemon(command.config, logger, new Redactor(), '0.1.0');
    url = daemon.url;
    return async () => {
      await daemon.stop();
      rmSync(dir, { recursive: true, force: true });
    };
  });
  return (method, path, { body, token = TOKEN } = {}) =>
    fetch(`${url ?? expect.unreachable('it is started before the tests')}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}
