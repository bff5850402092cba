/** The cosine of the angle between two vectors, -1 to 1; 0 where there is no angle: no vectors, different lengths, a vector of zeros. */
export function cosine(a: readonly number[] | undefined, b: readonly number[] | undefined): number {
  if (a === undefined || a.length !== b?.length) return 0;
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? 0;
    product += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return squaresA === 0 || squaresB === 0 ? 0 : product / (Math.sqrt(squaresA) * Math.sqrt(squaresB));
}
