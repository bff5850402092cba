import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/telemetry/logger.ts';
import { prettyStream } from '../../src/telemetry/pretty-stream.ts';
import { collectingLogger } from '../helpers/log-lines.ts';

const mask = (text: string) => text.replaceAll('s3cret', '***');

describe('the log', () => {
  it('is one JSON object a line, with level, time, message and fields', () => {
    const { logger, lines } = collectingLogger();
    logger.child({ identity: 'search' }).info('100% ready %s', { tools: 7, list: [1, null] });
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        identity: 'search',
        tools: 7,
        list: [1, null],
        msg: '100% ready %s',
      },
    ]);
  });

  it('shows no secret: in the message, in fields however deep, in errors and their causes', () => {
    const { logger, lines } = collectingLogger(mask);
    const error = new Error('s3cret failed', { cause: new Error('deep s3cret') });
    logger.child({ url: 's3cret' }).error('with s3cret', { a: [{ b: 's3cret' }], error, when: new Date(0) });
    expect(JSON.stringify(lines)).not.toContain('s3cret');
    expect(lines).toMatchObject([
      {
        msg: 'with ***',
        url: '***',
        a: [{ b: '***' }],
        error: { message: '*** failed', cause: { message: 'deep ***' } },
        when: '1970-01-01T00:00:00.000Z',
      },
    ]);
  });

  it('takes anything as a field, also what refers to itself', () => {
    const { logger, lines } = collectingLogger();
    const loop: Record<string, unknown> = { big: 1n, f: () => 1, none: undefined };
    loop.self = loop;
    logger.warn('odd', { loop });
    expect(lines).toMatchObject([{ msg: 'odd', loop: { big: '1', self: { self: {} } } }]);
  });

  it.each([
    ['trace', 5],
    ['info', 3],
    ['error', 1],
    ['silent', 0],
  ] as const)('at level %s says %d of five', (level, count) => {
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const logger = createLogger({ level, redact: (text) => text, destination });
    for (const each of ['trace', 'debug', 'info', 'warn', 'error'] as const) logger[each]('x');
    expect(lines).toHaveLength(count);
  });

  it('carries the stack of an error only where one debugs', () => {
    const written = (level: 'info' | 'debug') => {
      let text = '';
      const destination = { write: (line: string) => void (text += line) };
      createLogger({ level, redact: (line) => line, destination }).error('x', { error: new Error('y') });
      return text;
    };
    expect(written('info')).not.toContain('log.test.ts');
    expect(written('debug')).toContain('log.test.ts');
  });
});

describe('the readable form', () => {
  const lineOf = (entry: unknown, color = false) => {
    let text = '';
    const output = { write: (chunk: string) => void (text += chunk) };
    prettyStream(output, { color }).write(typeof entry === 'string' ? entry : `${JSON.stringify(entry)}\n`);
    return text;
  };
  const entry = { level: 'warn', time: '2026-01-01T12:04:31.250Z', msg: 'slow', identity: 'search', tools: 7 };

  it('is time, level, message and fields', () => {
    expect(lineOf(entry)).toBe('12:04:31.250 WARN  slow  identity=search  tools=7\n');
    expect(lineOf({ ...entry, error: { message: 'gone', code: 'X' } })).toContain('  error=gone\n');
    expect(lineOf('no json\n')).toBe('no json\n');
  });

  it('is coloured only where wanted', () => {
    expect(lineOf(entry, true)).toContain('\u001b[33mWARN \u001b[0m');
    expect(lineOf(entry)).not.toContain('\u001b');
  });

  it('gives text from outside no power over the terminal', () => {
    const lines = lineOf({ ...entry, msg: '\u001b[2J', identity: '\u202eevil' }) + lineOf('\u001b[2J\n');
    expect(lines).not.toContain('\u001b');
    expect(lines).not.toContain('\u202e');
  });
});
