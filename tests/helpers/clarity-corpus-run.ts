import { corpusType, fromCorpus, toCorpus, type CorpusCase } from './clarity-corpus.ts';
import { ClarityRun } from './clarity-run.ts';

/** Runs a case of the corpus on an instance of its own and answers what it saw in the notation of the corpus. */
export function runCorpusCase(wasm: Uint8Array, { function: name, params, args, stdin, asserts }: CorpusCase) {
  const values = params.map((param, i) => fromCorpus(corpusType(param), args[i]));
  const { stdout, stderr, asserts: seen, ...end } = new ClarityRun(wasm).call(name, values, stdin);
  return {
    ...('error' in end ? { error: end.error } : { result: toCorpus(end.result) }),
    stdout,
    stderr,
    ...(asserts === undefined ? {} : { asserts: seen }),
  };
}
