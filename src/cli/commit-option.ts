import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { printable } from '../shared/text.ts';
import type { Committed } from '../wire/answers.ts';
import type { CommitBody } from '../wire/requests.ts';
import { CliError, EXIT } from './cli-error.ts';

type Author = Exclude<Exclude<CommitBody['commit'], undefined | boolean>['author'], undefined>;

/** The flags of every command that changes manifests. */
export interface CommitOptions {
  /** True without a message. */
  readonly commit?: string | true;
  readonly commitAuthor?: Author;
}

/** Adds --commit and --commit-author to a command. */
export function withCommit(command: Command): Command {
  return command
    .option(
      '--commit [message]',
      'of a git source: commit the change and push it; a sentence of ours without a message',
    )
    .option('--commit-author <author>', "whose change it is: 'Name <mail>'", authorOption);
}

/** What is asked of the daemon. Throws CliError (usage) for an author without a commit. */
export function commitBody({ commit, commitAuthor: author }: CommitOptions): CommitBody {
  if (commit === undefined && author !== undefined)
    throw new CliError(EXIT.usage, '--commit-author needs --commit', {
      hint: 'Add --commit, with a message or without.',
    });
  if (commit === undefined) return {};
  if (commit === true && author === undefined) return { commit };
  return { commit: { ...(commit === true ? {} : { message: commit }), ...(author && { author }) } };
}

/** ` (commit 0123456789ab)` behind what was done; empty where nothing was committed. */
export function committedAs({ commit }: Committed): string {
  return commit === undefined ? '' : ` (commit ${printable(commit.sha.slice(0, 12))})`;
}

function authorOption(text: string): Author {
  const [, name, email] = /^([^<>]*[^<>\s])\s*<([^<>\s]+@[^<>\s]+)>$/.exec(text.trim()) ?? [];
  if (name === undefined || email === undefined) throw new InvalidArgumentError("It must be 'Name <mail>'.");
  return { name, email };
}
