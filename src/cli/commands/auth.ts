import { oneLine } from '../../shared/text.ts';
import type { SecretCheckAnswer } from '../../wire/answers.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { defineCommand, type CliCommand } from '../command.ts';
import { printData } from '../command-context.ts';
import type { CommandFamily } from '../new-program.ts';

const AUTH: CommandFamily = {
  name: 'auth',
  summary: 'Secrets that services use, and where they come from',
  details: 'Values are written and never shown.',
};

const FORMS = 'file:PATH, env:VARIABLE, header_env:Header:VARIABLE, or a legacy name';
const shared = { family: AUTH, group: 'security', formats: ['text', 'json', 'yaml'], piped: 'json' } as const;

const providers = defineCommand({
  ...shared,
  name: 'auth providers',
  summary: 'List where secrets can come from',
  examples: ['clarityctl auth providers'],
  async run(context) {
    const answer = await context.client.authProviders(context);
    if (printData(context, answer)) return EXIT.ok;
    context.print(answer.providers.map(({ name }) => name).join('\n'));
    context.print(oneLine(`file: reads ${answer.fileRoot}${answer.fileRootExists ? '' : ' (not there yet)'}`, 5000));
    return EXIT.ok;
  },
});

const validate = defineCommand({
  ...shared,
  name: 'auth validate',
  summary: 'Tell whether a reference to a secret can be used now',
  details:
    'Exit 1 where it cannot. Whether a variable is set is told of those only that a service names, or where the daemon runs with CLARITY_ENABLE_MCP_PROVISIONING=1.',
  examples: ['clarityctl auth validate file:search/token', 'clarityctl auth validate header_env:X-Api-Key:SEARCH_KEY'],
  configure: (command) => command.argument('<ref>', FORMS),
  async run(context, [ref = '']) {
    const answer = await context.client.validateAuthRef(ref, context);
    if (!printData(context, answer)) context.print(verdict(answer));
    return answer.valid ? EXIT.ok : EXIT.no;
  },
});

function verdict({ provider, redactedTarget, valid, issues, headerKeys }: SecretCheckAnswer): string {
  const name = `${provider}:${redactedTarget}`;
  if (valid) return oneLine(`${name} can be used; sets ${headerKeys.join(', ')}`, 2000);
  return issues.map((issue) => oneLine(`${name}: ${issue}`, 2000)).join('\n');
}

const listSecrets = defineCommand({
  ...shared,
  name: 'auth list-secrets',
  summary: 'List the files that hold a secret',
  examples: ['clarityctl auth list-secrets'],
  async run(context) {
    const answer = await context.client.authSecrets(context);
    if (printData(context, answer)) return EXIT.ok;
    for (const { authRef } of answer.items) context.print(oneLine(authRef, 5000));
    if (answer.count === 0) context.print('there is no secret');
    return EXIT.ok;
  },
});

const setSecret = defineCommand({
  ...shared,
  name: 'auth set-secret',
  summary: 'Write a secret to its file in the daemon’s folder of secrets',
  details:
    'Asks for the secret without showing it, or reads all of stdin where that is no terminal. Services that name the reference get it: a process is started anew. The daemon must run with CLARITY_ENABLE_MCP_PROVISIONING=1.',
  examples: [
    'clarityctl auth set-secret file:search/token',
    'pass show search | clarityctl auth set-secret file:search/token',
  ],
  configure: (command) =>
    command
      .argument('<ref>', 'file:PATH')
      .argument('[secret]', 'the secret, for old scripts: other users of this machine can read a command line'),
  async run(context, [ref = '', given]) {
    if (given !== undefined)
      context.warn('warning: other users of this machine can read a command line: give the secret on stdin');
    const { readSecret } = await import('../read-secret.ts');
    const secret = given ?? (await readSecret(context.input, `secret for ${oneLine(ref)}: `));
    if (secret.trim() === '') throw new CliError(EXIT.usage, 'there is no secret');
    const answer = await context.client.setSecret(ref, secret, context);
    if (!printData(context, answer)) context.print(oneLine(`${answer.authRef} written to ${answer.path}`, 5000));
    return EXIT.ok;
  },
});

const deleteSecret = defineCommand({
  ...shared,
  name: 'auth delete-secret',
  summary: 'Delete the file of a secret',
  details:
    'A service that runs with the secret keeps it; it cannot be started without it. The daemon must run with CLARITY_ENABLE_MCP_PROVISIONING=1.',
  examples: ['clarityctl auth delete-secret file:search/token'],
  configure: (command) => command.argument('<ref>', 'file:PATH'),
  async run(context, [ref = '']) {
    const answer = await context.client.deleteSecret(ref, context);
    if (!printData(context, answer))
      context.print(oneLine(`${answer.authRef} ${answer.deleted ? 'deleted' : 'was not there'}`, 5000));
    return EXIT.ok;
  },
});

/** `clarityctl auth …` (original contract §6). */
export const authCommands: readonly CliCommand[] = [providers, validate, listSecrets, setSecret, deleteSecret];
