import { parseLabelSelector, type LabelSelector } from '../shared/label-selector.ts';
import { CliError, EXIT } from './cli-error.ts';

/** Parses what `-l` was given. Throws a usage error on what is no selector. */
export function parseSelector(text: string): LabelSelector {
  const selector = parseLabelSelector(text);
  if (typeof selector === 'function') return selector;
  throw new CliError(EXIT.usage, `"${selector.wrong}" is no label selector`, {
    hint: 'Write k=v, k!=v, k or !k, joined by commas.',
  });
}
