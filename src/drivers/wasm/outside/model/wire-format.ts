import type { JsonObject } from '../../../../shared/json.ts';

/** What one model is asked. */
export interface Prompt {
  readonly model: string;
  /** Empty: none. */
  readonly system: string;
  readonly user: string;
}

/** What one event of a streamed answer says. */
export interface StreamStep {
  readonly token?: string;
  /** The provider broke off, in its own words. */
  readonly failure?: string;
  /** The answer is whole; what follows says nothing. */
  readonly done?: true;
}

/** How one kind of provider is spoken to (original contract §8.4). */
export interface WireFormat {
  /** As a person calls it. */
  readonly name: string;
  readonly keyName: string;
  readonly baseUrlName: string;
  readonly defaultBaseUrl: string;
  /** Paths begin with `/v1/`. */
  readonly chatPath: string;
  readonly modelsPath: string;
  /** Beside content-type; `key` is undefined for a local model. */
  readonly headers: (key: string | undefined) => Readonly<Record<string, string>>;
  readonly body: (prompt: Prompt, stream: boolean) => JsonObject;
  /** The text of a whole answer; undefined where it has none. */
  readonly text: (answer: JsonObject) => string | undefined;
  /** What the data of one event means; undefined where it is of no interest. */
  readonly step: (data: string) => StreamStep | undefined;
}

/** Of every answer (original contract §8.4). */
export const MAX_TOKENS = 4096;
