/** A family of an exposition as a scraper reads it: its samples by their whole name, `name{label="value"}`. */
export interface ReadFamily {
  readonly type: string;
  readonly help: string;
  readonly samples: Map<string, number>;
}

const SAMPLE = /^([a-z_]+)(\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*\})? (-?[\d.e+-]+|[+-]Inf|NaN)$/;

/** Reads the text format 0.0.4 strictly: throws for a line that is none, a sample outside its family, and one that stands there twice. */
export function readExposition(text: string): ReadonlyMap<string, ReadFamily> {
  const families = new Map<string, ReadFamily>();
  let name = '';
  let family: ReadFamily | undefined;
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const head = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line);
    if (head?.[1] === 'HELP') {
      if (families.has(head[2]!)) throw new Error(`twice: ${line}`);
      [name, family] = [head[2]!, { type: '', help: head[3]!, samples: new Map() }];
    } else if (head !== null) {
      if (head[2] !== name || family === undefined) throw new Error(`misplaced: ${line}`);
      family = { ...family, type: head[3]! };
      families.set(name, family);
    } else {
      const sample = SAMPLE.exec(line);
      const of = sample?.[1]?.replace(family?.type === 'histogram' ? /_(bucket|sum|count)$/ : /$^/, '');
      if (sample === null || of !== name || family === undefined) throw new Error(`misplaced: ${line}`);
      const key = `${sample[1]!}${sample[2] ?? ''}`;
      if (family.samples.has(key)) throw new Error(`twice: ${line}`);
      family.samples.set(key, Number(sample[3]!.replace('Inf', 'Infinity')));
    }
  }
  return families;
}

/** The value of a sample, named in whole; undefined where it is not exposed. */
export function sampleOf(text: string, sample: string): number | undefined {
  for (const { samples } of readExposition(text).values()) if (samples.has(sample)) return samples.get(sample);
  return undefined;
}
