import { describe, expect, it } from 'vitest';
import type { FileAccess, HostEnvironment } from '../../src/wasm-host/environment.ts';
import { FileCheckpoints } from '../../src/wasm-host/file-checkpoints.ts';
import { ProgramExit } from '../../src/wasm-host/program-exit.ts';
import { TextInput } from '../../src/wasm-host/text-input.ts';
import { bareHost, failure, importsOf } from './rig.ts';

/** Files in a map; `/full` takes none. */
class MemoryFiles implements FileAccess {
  readonly files = new Map<string, string>();
  read(path: string): string | undefined {
    return this.files.get(path);
  }
  write(path: string, content: string): void {
    if (path.startsWith('/full')) throw new Error('no space left');
    this.files.set(path, content);
  }
  list(): readonly string[] {
    return [...this.files.keys()];
  }
  exists(path: string): boolean {
    return this.files.has(path);
  }
  remove(path: string): void {
    this.files.delete(path);
  }
  makeDirectory(path: string): void {
    if (path.startsWith('/full')) throw new Error('no space left');
  }
}

describe('the environment', () => {
  it('is asked for every output', () => {
    let out = '';
    let err = '';
    const { raw } = importsOf(bareHost({ stdout: (text) => (out += text), stderr: (text) => (err += text) }));
    raw('print_string', 'a');
    raw('print_no_newline', 'b');
    raw('print_int', -3n);
    raw('print_float', 2);
    raw('log_info', 'i');
    raw('log_warn', 'w');
    raw('print_stderr', 'e');
    expect([out, err]).toEqual(['a\nb-3\n2\n[INFO] i\n', '[WARN] w\ne\n']);
  });

  it.each([
    ['print_string', ['a']],
    ['now', []],
    ['random_float', []],
    ['sleep', [1n]],
    ['read_line', []],
    ['read_file', ['x']],
    ['write_file', ['x', 'y']],
    ['get_secret', ['x']],
    ['checkpoint_save', ['x', 'y']],
  ])('that offers nothing makes %s unsupported', (name, args) => {
    const { kind, message } = failure(() => importsOf(bareHost()).raw(name, ...args));
    expect([kind, message]).toEqual(['unsupported-import', expect.stringContaining(`\`${name}\``)]);
  });

  it('gives time, arguments and secrets', () => {
    const waited: number[] = [];
    const host = bareHost({
      now: () => 1_700_000_000_000.7,
      args: ['a', 'b'],
      secret: (name) => (name === 'KEY' ? 'value' : undefined),
      sleep: (ms) => waited.push(ms),
    });
    const { raw, texts, optionText } = importsOf(host);
    raw('sleep', 5n);
    raw('sleep', 0n);
    expect([raw('now'), texts(raw('get_args') as number), waited]).toEqual([1_700_000_000_000n, ['a', 'b'], [5]]);
    expect([optionText('get_secret', 'KEY'), optionText('get_secret', 'NO')]).toEqual(['value', undefined]);
  });

  it('reads lines until the end, and then says so', () => {
    const { raw, text, optionText } = importsOf(bareHost({ stdin: new TextInput('one\r\n\nthree') }));
    expect([text('read_line'), raw('stdin_eof_detected'), optionText('read_line_or_eof')]).toEqual(['one', 0, '']);
    expect([optionText('stdin_try_read', 10n), raw('stdin_eof_detected')]).toEqual(['three', 1]);
    expect([text('read_line'), optionText('read_line_or_eof'), text('read_all_stdin')]).toEqual(['', undefined, '']);
    expect(importsOf(bareHost({ stdin: new TextInput('a\nb\n') })).text('read_all_stdin')).toBe('a\nb\n');
  });

  it('reads files without failing, and names what could not be written', () => {
    const files = new MemoryFiles();
    const { raw, text, texts } = importsOf(bareHost({ files }));
    raw('write_file', 'a.txt', 'hé');
    expect([text('read_file', 'a.txt'), text('read_file', 'none'), raw('file_exists', 'a.txt')]).toEqual(['hé', '', 1]);
    expect(texts(raw('list_dir', '.') as number)).toEqual(['a.txt']);
    raw('remove_file', 'a.txt');
    expect(raw('file_exists', 'a.txt')).toBe(0);
    expect(failure(() => raw('write_file', '/full/x', 'y'))).toEqual({
      kind: 'failed-import',
      message: '`write_file` failed for "/full/x": no space left',
    });
  });

  it('keeps checkpoints in files that no key can leave', () => {
    const files = new MemoryFiles();
    const { raw, optionText } = importsOf(bareHost({ checkpoints: new FileCheckpoints(files, 'cp') }));
    expect(raw('checkpoint_save_raw', 'job-1', 'one')).toBe(1);
    expect(raw('checkpoint_save_raw', '../../etc', 'two')).toBe(1);
    expect(raw('checkpoint_save_raw', '.. .. etc', 'three')).toBe(1);
    expect(files.list()[0]).toBe('cp/job-1.ckpt');
    for (const path of files.list()) expect(path).toMatch(/^cp\/[\w-]+\.ckpt$/);
    expect(optionText('checkpoint_load', '../../etc')).toBe('two');
    raw('checkpoint_delete', 'job-1');
    expect(optionText('checkpoint_load', 'job-1')).toBeUndefined();
    const full = importsOf(bareHost({ checkpoints: new FileCheckpoints(files, '/full') }));
    expect(full.raw('checkpoint_save_raw', 'a', 'b')).toBe(0);
  });

  it.each<[HostEnvironment['policy'], string, number]>([
    [undefined, 'anything', 1],
    [{}, 'https://a.example', 1],
    [{ allowHosts: ['api.example'] }, 'https://API.example:8443/x', 1],
    [{ allowHosts: ['api.example:443'] }, 'https://api.example:8443/', 0],
    [{ allowHosts: ['*.example'] }, 'http://a.b.example', 1],
    [{ allowHosts: ['*.example'] }, 'http://badexample', 0],
    [{ allowHosts: [] }, 'http://a', 0],
    [{ allowHosts: ['a'] }, 'no url', 0],
  ])('with the policy %j answers for %s: %i', (policy, url, expected) => {
    const host = bareHost(policy === undefined ? {} : { policy });
    expect(importsOf(host).raw('policy_is_url_allowed', url)).toBe(expected);
  });

  it('hears of spans that are open', () => {
    const heard: string[] = [];
    const trace = {
      start: (span: number, operation: string) => heard.push(`${span} ${operation}`),
      log: (span: number, message: string) => heard.push(`${span} ${message}`),
      end: (span: number) => heard.push(`${span} end`),
    };
    const { raw } = importsOf(bareHost({ trace }));
    const span = raw('trace_start', 'op');
    raw('trace_log', span, 'step');
    raw('trace_log', 99n, 'lost');
    raw('trace_end', span);
    raw('trace_end', span);
    expect([span, heard]).toEqual([1n, ['1 op', '1 step', '1 end']]);
  });

  it('is left by exit, with a status that a process can have', () => {
    const exit = (code: bigint) => {
      try {
        importsOf(bareHost()).raw('exit', code);
        return undefined;
      } catch (error) {
        return error instanceof ProgramExit ? error.code : error;
      }
    };
    expect([exit(0n), exit(3n), exit(-1n), exit(256n)]).toEqual([0, 3, 255, 0]);
  });

  it('has no terminal', () => {
    const asked: string[] = [];
    const host = bareHost({ stdin: new TextInput('2\n9\nx\n'), stdout: (text) => asked.push(text) });
    const { raw, optionText } = importsOf(host);
    expect([raw('tty_is_tty'), raw('tty_term_width'), raw('tty_term_height')]).toEqual([0, 80n, 24n]);
    expect(optionText('tty_read_key', 1n)).toBeUndefined();
    const choose = () => raw('tty_read_numeric_choice', 3n);
    expect([choose(), choose(), choose(), choose(), asked[0]]).toEqual([1n, -1n, -1n, -1n, 'Choose 1-3: ']);
  });
});
