import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { FileQuestions } from '../../src/store/file-questions.ts';
import { questionNames } from '../../src/store/question-names.ts';
import { systemClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const never = new AbortController().signal;

function asker(timeoutMs = 60_000) {
  const folder = join(tempFolder(), 'hitl');
  const questions = new FileQuestions({ clock: systemClock, folder, timeoutMs });
  const path = (name: string) => join(folder, name);
  const files = () => (existsSync(folder) ? readdirSync(folder).sort() : []);
  return {
    folder,
    questions,
    path,
    files,
    sees: (...names: string[]) => vi.waitFor(() => expect(files()).toEqual(names)),
  };
}

describe('a question in a file', () => {
  it('is whole JSON, is answered by a text beside it, and leaves nothing', async () => {
    const { questions, path, files, sees } = asker();
    const answer = questions.ask('deploy_1', 'Ship it?', never);
    await sees('deploy_1.question');
    const question = JSON.parse(readFileSync(path('deploy_1.question'), 'utf8'));
    expect(question).toEqual({
      key: 'deploy_1',
      question: 'Ship it?',
      timestamp: expect.any(Number),
      pid: process.pid,
    });
    writeFileSync(path('deploy_1.answer'), '  yes, ship\n');
    expect(await answer).toBe('yes, ship');
    expect(files()).toEqual([]);
  });

  it('takes an empty answer for one, but not a file that is still being written', async () => {
    const { questions, path, sees } = asker();
    const empty = questions.ask('k', '?', never);
    await sees('k.question');
    writeFileSync(path('k.answer'), '');
    expect(await empty).toBe('');
    const written = questions.ask('k', '?', never);
    await sees('k.question');
    writeFileSync(path('k.answer'), '');
    writeFileSync(path('k.answer'), 'late words', { flag: 'a' });
    expect(await written).toBe('late words');
  });

  it('is not answered by what was there before it', async () => {
    const { folder, questions, path, sees } = asker();
    mkdirSync(folder);
    writeFileSync(path('k.answer'), 'stale');
    const answer = questions.ask('k', '?', never);
    await sees('k.question');
    writeFileSync(path('k.answer'), 'fresh');
    expect(await answer).toBe('fresh');
  });

  it('has its answer also under the name that keeps dots', async () => {
    const { questions, path, files } = asker();
    const dotted = questions.ask('c.d', '?', never);
    const plain = questions.ask('c_d', '?', never);
    await vi.waitFor(() => expect(files()).toHaveLength(2));
    writeFileSync(path('c.d.answer'), 'dotted');
    expect(await dotted).toBe('dotted');
    expect(files()).toEqual(['c_d.question']);
    writeFileSync(path('c_d.answer'), 'plain');
    expect(await plain).toBe('plain');
  });

  it('is withdrawn by the signal and by the time', async () => {
    const { questions, files, sees } = asker();
    const call = new AbortController();
    const given = questions.ask('k', '?', call.signal);
    await sees('k.question');
    call.abort();
    expect(await given).toBeUndefined();
    expect(files()).toEqual([]);
    expect(await questions.ask('k', '?', call.signal)).toBeUndefined();
    const hasty = asker(50);
    expect(await hasty.questions.ask('k', '?', never)).toBeUndefined();
    expect(hasty.files()).toEqual([]);
  });

  it('waits for its turn where its key is asked already', async () => {
    const { questions, path, sees } = asker();
    const given = new AbortController();
    const answers = ['one', 'two', 'three'].map((text, at) =>
      questions.ask('k', text, at === 1 ? given.signal : never),
    );
    given.abort();
    expect(await answers[1]).toBeUndefined();
    for (const [at, text] of [
      [0, 'one'],
      [2, 'three'],
    ] as const) {
      await vi.waitFor(() => expect(JSON.parse(readFileSync(path('k.question'), 'utf8')).question).toBe(text));
      await sees('k.question');
      writeFileSync(path('k.answer'), `to ${text}`);
      expect(await answers[at]).toBe(`to ${text}`);
    }
  });

  it('is not answered by a link, a pipe, or more than 64 KiB', async () => {
    const { folder, questions, path, sees } = asker();
    mkdirSync(folder);
    writeFileSync(path('../outside'), 'secret');
    const answer = questions.ask('k', '?', never);
    await sees('k.question');
    for (const [make, text] of [
      [() => symlinkSync(path('../outside'), path('k.answer')), 'ok 1'],
      [() => execFileSync('mkfifo', [path('k.answer')]), 'ok 2'],
      [() => writeFileSync(path('k.answer'), 'x'.repeat(65_537)), 'ok 3'],
    ] as const) {
      make();
      const probe = questions.ask('probe', '?', never);
      await vi.waitFor(() => expect(existsSync(path('probe.question'))).toBe(true));
      writeFileSync(path('probe.answer'), text);
      expect(await probe).toBe(text); // the looks that found it have seen the other one, too
      unlinkSync(path('k.answer'));
    }
    writeFileSync(path('k.answer'), 'at last');
    expect(await answer).toBe('at last');
  });

  it('is refused beyond 256 open ones', async () => {
    const { questions, files } = asker();
    const calls = Array.from({ length: 256 }, () => new AbortController());
    const open = calls.map(({ signal }, at) => questions.ask(`k${at}`, '?', signal));
    await expect(questions.ask('more', '?', never)).rejects.toMatchObject({ code: 'TooManyRequests' });
    for (const call of calls) call.abort();
    await Promise.all(open);
    expect(files()).toEqual([]);
  });
});

describe('names of questions', () => {
  it('stay in the folder, and no two keys share a file', () => {
    const key = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('a', '.', '_', '/', '-') }),
      fc.constantFrom('c.d', questionNames('c.d').question.replace('.question', '')),
    );
    fc.assert(
      fc.property(key, key, (one, other) => {
        const { question, answers } = questionNames(one);
        for (const name of [question, ...answers]) expect(name).toMatch(/^[\w-][\w.-]{0,120}\.(question|answer)$/);
        if (one === other) return;
        const there = questionNames(other);
        expect(question).not.toBe(there.question);
        expect(answers.filter((name) => there.answers.includes(name))).toEqual([]);
      }),
    );
  });
});
