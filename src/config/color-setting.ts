import type { Settings } from './settings.ts';

/** auto: where the output is a terminal. */
export type ColorSetting = 'always' | 'never' | 'auto';

/** What NO_COLOR and FORCE_COLOR say; the first of them wins. */
export function colorSetting(settings: Settings): ColorSetting {
  if (settings.variable('NO_COLOR').length > 0) return 'never';
  const [force] = settings.variable('FORCE_COLOR');
  return force === undefined || force.value === '0' ? 'auto' : 'always';
}
