/** Where inside of a value something is: the way back to the outermost one. */
export interface ValuePath {
  readonly parent: ValuePath | undefined;
  /** A field's name, or an element's position. */
  readonly step: string | number;
}

/** `items[3].name`; empty for the outermost value. */
export function renderPath(path: ValuePath | undefined): string {
  const steps: string[] = [];
  for (let at = path; at !== undefined; at = at.parent) {
    const last = at.parent === undefined;
    steps.push(typeof at.step === 'number' ? `[${at.step}]` : last ? at.step : `.${at.step}`);
    if (steps.length > 50) {
      steps.push('…');
      break;
    }
  }
  return steps.reverse().join('');
}
