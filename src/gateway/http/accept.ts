/** What an Accept header admits. A missing header is the empty string: it names nothing. */
export interface Accepted {
  readonly json: boolean;
  /** Through a wildcard too. */
  readonly eventStream: boolean;
  /** Only where it is written out: who says no more than a wildcard may be unable to read a stream. */
  readonly namesEventStream: boolean;
}

/** Headers that were read before: a client sends the same one with every request. */
const KNOWN = new Map<string, Accepted>();
const MAX_KNOWN = 100;

/** Reads an Accept header (RFC 9110 §12.5.1); a type with `q=0` is not admitted. */
export function parseAccept(header = ''): Accepted {
  const known = KNOWN.get(header);
  if (known !== undefined) return known;
  const accepted = read(header);
  if (KNOWN.size < MAX_KNOWN) KNOWN.set(header, accepted);
  return accepted;
}

function read(header: string): Accepted {
  const types = new Set<string>();
  for (const part of header.toLowerCase().split(',')) {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) types.add(type);
  }
  const any = types.has('*/*');
  const namesEventStream = types.has('text/event-stream');
  return {
    json: any || types.has('application/*') || types.has('application/json'),
    eventStream: any || types.has('text/*') || namesEventStream,
    namesEventStream,
  };
}
