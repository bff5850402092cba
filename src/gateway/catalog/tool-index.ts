/** What is searched of one tool. */
export interface Searched {
  readonly name: string;
  readonly text: string;
}

/** A word of a name says more than one of a description. */
const NAME_WEIGHT = 3;
/** The usual constants of BM25: how soon repetition stops to count, and how much length does. */
const K1 = 1.2;
const B = 0.75;
/** Of one tool, and of a query: longer texts are cut. */
const MAX_CHARS = 4000;
const MAX_TERMS = 32;
/** Words that a query word may be the beginning of. */
const MAX_COMPLETIONS = 20;
const COMPLETION_WEIGHT = 0.5;

/** Ranked search (Okapi BM25) over names and descriptions. A query word that nothing has stands for the words that begin with it. Immutable. */
export class ToolIndex {
  readonly #lengths: number[] = [];
  /** Word -> place of the tool -> its weight there. */
  readonly #postings = new Map<string, Map<number, number>>();
  readonly #meanLength: number;

  constructor(tools: readonly Searched[]) {
    tools.forEach(({ name, text }, at) => {
      const [names, words] = [wordsOf(name), wordsOf(text)];
      this.#lengths.push(names.length + words.length);
      for (const word of names) this.#count(word, at, NAME_WEIGHT);
      for (const word of words) this.#count(word, at, 1);
    });
    this.#meanLength = this.#lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, tools.length);
  }

  /** Places of the tools that have any word of the query, best first; equals in their order. */
  search(query: string): readonly number[] {
    const scores = new Map<number, number>();
    for (const word of [...new Set(wordsOf(query))].slice(0, MAX_TERMS))
      for (const [term, weight] of this.#termsOf(word)) this.#score(term, weight, scores);
    return [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([at]) => at);
  }

  #count(word: string, at: number, weight: number): void {
    const posting = this.#postings.get(word) ?? new Map<number, number>();
    this.#postings.set(word, posting.set(at, (posting.get(at) ?? 0) + weight));
  }

  #termsOf(word: string): readonly (readonly [term: string, weight: number])[] {
    if (this.#postings.has(word)) return [[word, 1]];
    if (word.length < 3) return [];
    return [...this.#postings.keys()]
      .filter((term) => term.startsWith(word))
      .slice(0, MAX_COMPLETIONS)
      .map((term) => [term, COMPLETION_WEIGHT] as const);
  }

  #score(term: string, weight: number, scores: Map<number, number>): void {
    const posting = this.#postings.get(term) ?? new Map<number, number>();
    const rarity = Math.log(1 + (this.#lengths.length - posting.size + 0.5) / (posting.size + 0.5));
    for (const [at, count] of posting) {
      const length = (this.#lengths[at] ?? 0) / this.#meanLength;
      const gain = (count * (K1 + 1)) / (count + K1 * (1 - B + B * length));
      scores.set(at, (scores.get(at) ?? 0) + weight * rarity * gain);
    }
  }
}

/** `readTextFiles` and `read_text_file` are the same words: lower case, without a plural s. */
function wordsOf(text: string): readonly string[] {
  const spaced = text.slice(0, MAX_CHARS).replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2');
  const words = spaced.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => (/[^s]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word));
}
