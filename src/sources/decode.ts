/** The text of a manifest's bytes; undefined where they are no UTF-8. */
export function decodeUtf8(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  return Buffer.byteLength(text) === bytes.length && Buffer.from(text).equals(bytes) ? text : undefined;
}

export const NOT_UTF8 = 'the file is not UTF-8 text; save it as UTF-8';
