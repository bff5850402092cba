import type { Readable } from 'node:stream';

/** Hands over every chunk of a stream, one a turn of the event loop: a server that floods us leaves the others their turn. */
export function readFairly(stream: Readable, take: (chunk: Buffer) => void): void {
  stream.on('data', (chunk: Buffer) => {
    take(chunk);
    stream.pause();
    setImmediate(() => stream.resume());
  });
}
