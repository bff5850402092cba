import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { FileQuestions } from '../../src/store/file-questions.ts';
import { systemClock } from '../helpers/clock.ts';
import { outsideRig } from '../helpers/outside-rig.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

function asking(folder: string, timeoutMs = 60_000) {
  const questions = new FileQuestions({ clock: systemClock, folder, timeoutMs });
  return outsideRig({ deps: { questions } });
}

describe('a module that asks a person', () => {
  it('reads the answer, or that there was none in time', async () => {
    const folder = tempFolder();
    const answer = asking(folder).run('hitl_ask', 'deploy', 'Ship it?');
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual(['deploy.question']));
    writeFileSync(join(folder, 'deploy.answer'), 'yes\n');
    expect(await answer).toBe('yes');
    expect(await asking(folder, 20).run('hitl_ask', 'deploy', 'Ship it?')).toBe('[hitl_ask timeout]');
  });

  it('withdraws the question when its call ends', async () => {
    const folder = tempFolder();
    const rig = asking(folder);
    const answer = rig.run('hitl_ask', 'deploy', 'Ship it?');
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual(['deploy.question']));
    rig.over();
    await answer;
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is ended where the question cannot be asked, without the path of the folder', async () => {
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    const { trap } = (await asking(file).run('hitl_ask', 'deploy', 'Ship it?')) as { trap: string };
    expect(trap).toContain('EEXIST');
    expect(trap).not.toContain(file);
    const long = (await asking(file).run('hitl_ask', 'deploy', 'x'.repeat(70_000))) as { trap: string };
    expect(long.trap).toContain('characters');
  });
});
