/** What stands for a secret wherever one would be shown. Manifests that hold it as a value are refused: it is nobody's secret. */
export const MASK = '********';
