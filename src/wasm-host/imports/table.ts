import { bytesImports } from './bytes.ts';
import { conversionImports } from './conversion.ts';
import { cryptoImports } from './crypto.ts';
import { embedImports } from './embed.ts';
import { evalImports } from './eval.ts';
import type { ImportGroup } from './import-group.ts';
import { fileImports, ioImports } from './io.ts';
import { jsonImports } from './json.ts';
import { listImports } from './list.ts';
import { logImports } from './log.ts';
import { mapImports } from './map.ts';
import { mathImports } from './math.ts';
import { memoryImports } from './memory.ts';
import { persistImports } from './persist.ts';
import { policyImports } from './policy.ts';
import { randomImports } from './random.ts';
import { regexImports } from './regex.ts';
import { secretImports } from './secret.ts';
import { stringImports } from './string.ts';
import { testImports } from './test.ts';
import { timeImports } from './time.ts';
import { traceImports } from './trace.ts';
import { ttyImports } from './tty.ts';
import { urlImports } from './url.ts';

/** Every group that the host itself has. Whoever runs it may add groups; a later one replaces the functions of an earlier one. */
export const IMPORT_GROUPS: readonly ImportGroup[] = [
  memoryImports,
  stringImports,
  listImports,
  mapImports,
  mathImports,
  conversionImports,
  bytesImports,
  jsonImports,
  logImports,
  testImports,
  regexImports,
  urlImports,
  timeImports,
  randomImports,
  cryptoImports,
  ioImports,
  fileImports,
  ttyImports,
  policyImports,
  secretImports,
  persistImports,
  traceImports,
  embedImports,
  evalImports,
];
