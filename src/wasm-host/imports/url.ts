import type { ImportGroup } from './import-group.ts';

/** Percent-encoding (language.md §11 network): no request is made. */
export const urlImports: ImportGroup = ({ memory }) => ({
  url_encode: (text: number) => memory.writeText(encodeURIComponent(memory.text(text))),
  url_decode: (text: number) => memory.writeText(decode(memory.text(text))),
});

/** Malformed text stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
