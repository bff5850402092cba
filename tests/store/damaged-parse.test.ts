import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Database } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { FakeClock } from '../helpers/clock.ts';
import { collectingLogger } from '../helpers/log-lines.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const open = (stateDir: string) => openStore({ stateDir, clock: new FakeClock(), logger: collectingLogger().logger });

describe('what a file was parsed to', () => {
  it('is there after a restart under its own key only', () => {
    const stateDir = tempFolder();
    const first = open(stateDir);
    first.parsed.save('one', 'a.yaml', 'key', '{"a":1}');
    first.parsed.save('one', 'gone.yaml', 'key', '{}');
    first.parsed.forget('one', 'gone.yaml');
    first.close();
    const { parsed, close } = open(stateDir);
    expect(parsed.files('one')).toEqual(['a.yaml']);
    expect(parsed.load('one', 'a.yaml', 'key')).toBe('{"a":1}');
    expect(parsed.load('one', 'a.yaml', 'other')).toBeUndefined();
    expect(parsed.load('two', 'a.yaml', 'key')).toBeUndefined();
    close();
  });

  it.each(['text', 'key', 'digest'])('is not taken where its %s was changed behind our back', (column) => {
    const stateDir = tempFolder();
    const first = open(stateDir);
    first.parsed.save('one', 'a.yaml', 'key', '{"a":1}');
    first.close();
    const db = new Database(join(stateDir, 'clarity.db'));
    db.exec(`UPDATE parsed SET ${column} = ${column} || ' '`);
    db.close();
    const { parsed, close } = open(stateDir);
    expect(parsed.load('one', 'a.yaml', 'key')).toBeUndefined();
    expect(parsed.load('one', 'a.yaml', 'key ')).toBeUndefined();
    close();
  });
});
