import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';

interface Options {
  readonly cleanupArtifacts?: boolean;
  readonly forceConflicts?: boolean;
}

export const removeCommand = defineCommand<Options>({
  name: 'remove',
  group: 'desired',
  summary: 'Remove one service: JSON in a pipe, as in the original',
  details: 'As delete NAME. No file but the manifest is ever deleted.',
  examples: ['clarityctl remove files', 'clarityctl remove svc_0123456789ab -o json'],
  formats: ['text', 'json', 'yaml'],
  piped: 'json',
  configure: (command) =>
    command
      .argument('<id>', 'name or service id')
      .option('--cleanup-artifacts', 'accepted for old scripts: build outputs are collected by the daemon')
      .option('--force-conflicts', 'also a document that a person or another tool wrote'),
  async run(context, [id = ''], { cleanupArtifacts = false, forceConflicts = false }) {
    const { client, signal } = context;
    const answer = await client.remove(id, { cleanupArtifacts, force: forceConflicts, signal });
    if (!printData(context, answer)) context.print(`service/${answer.name} removed`);
    return EXIT.ok;
  },
});
