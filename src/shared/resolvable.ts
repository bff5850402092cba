/** A promise that somebody else resolves. */
export interface Resolvable {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

/** Makes one that is not resolved yet. */
export function resolvable(): Resolvable {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
