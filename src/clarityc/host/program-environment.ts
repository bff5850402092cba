import { resolve } from 'node:path';
import type { CompilerSettings } from '../../config/parse-compiler-env.ts';
import type { HostEnvironment } from '../../wasm-host/environment.ts';
import { FileCheckpoints } from '../../wasm-host/file-checkpoints.ts';
import type { CompilerInput } from '../command-context.ts';
import { sleep } from './blocking-input.ts';
import { DENIED_FILES, DiskFiles } from './disk-files.ts';

/** What of its process a program sees. */
export type ProgramInput = Pick<CompilerInput, 'cwd' | 'stdout' | 'stderr' | 'env' | 'clock' | 'programInput'>;

/** What a program reaches when the person at this machine runs it: everything that the policy of the environment does not deny. */
export function programEnvironment(
  { cwd, stdout, stderr, env, clock, programInput }: ProgramInput,
  { allowHosts, denyEffects, checkpointFolder }: CompilerSettings,
  args: readonly string[],
): HostEnvironment {
  const files = denyEffects.includes('FileSystem') ? DENIED_FILES : new DiskFiles(cwd);
  const secrets = !denyEffects.includes('Secret');
  return {
    args,
    files,
    stdin: programInput(),
    stdout: (text) => void stdout.write(text),
    stderr: (text) => void stderr.write(text),
    now: () => clock.now(),
    random: () => Math.random(),
    sleep,
    secret: (name) => (secrets ? env[name] : undefined),
    checkpoints: new FileCheckpoints(new DiskFiles(cwd), resolve(cwd, checkpointFolder)),
    policy: { denyEffects, ...(allowHosts === undefined ? {} : { allowHosts }) },
  };
}
