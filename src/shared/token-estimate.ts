/** About what definitions cost a model that is given them as a JSON list: four bytes are a token. Each text is the JSON of one. */
export function estimateTokens(definitions: readonly string[]): number {
  if (definitions.length === 0) return 0;
  // Brackets, and a comma between two.
  return Math.round(definitions.reduce((bytes, json) => bytes + Buffer.byteLength(json), definitions.length + 1) / 4);
}
