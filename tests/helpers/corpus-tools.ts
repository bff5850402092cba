import { corpusType, type CorpusCase, type Json } from './clarity-corpus.ts';
import { corpusJson } from './corpus-json.ts';

/** Functions cannot be passed; who takes or gives one is no tool. */
export const isToolCase = ({ params, returns }: CorpusCase): boolean =>
  ![...params, returns].some((type) => type.includes('Fn('));

/** The arguments of a case as those of its tool, whose parameters have these names. */
export function toolArguments({ params, args }: CorpusCase, names: readonly string[]): Record<string, Json> {
  return Object.fromEntries(params.map((type, i) => [names[i] ?? '', corpusJson(corpusType(type), args[i])]));
}

/** What was recorded, as a part of the result of the tool. */
export function recordedResult({ returns, result, error }: CorpusCase): object {
  if (error !== undefined) return { isError: true };
  const type = corpusType(returns);
  const json = corpusJson(type, result ?? null);
  if (type.kind === 'record') return { structuredContent: json };
  if (!returns.startsWith('Result<')) return { structuredContent: { result: json } };
  const { ok, err } = json as { ok?: Json; err?: Json };
  if (ok === undefined)
    return { isError: true, content: [{ text: typeof err === 'string' ? err : JSON.stringify(err) }] };
  const isRecord = returns.startsWith('Result<Record');
  return { structuredContent: isRecord ? ok : { result: ok } };
}
