import type { JsonObject } from '../../../shared/json.ts';
import { HostError } from '../../../wasm-host/host-error.ts';
import type { Instance, RawArgument } from '../../../wasm-host/instance.ts';
import { fromJson } from '../../../wasm-host/marshal/from-json.ts';
import { shapeName, sizeOf, type Shape } from '../../../wasm-host/marshal/shape.ts';
import type { WasmType } from '../../../wasm-host/module-outline.ts';
import type { ClarityValue } from '../../../wasm-host/value.ts';
import { checkCount, type OriginalForm } from './original-form.ts';
import { rawArgument } from './raw-argument.ts';
import { relaxed } from './relaxed-json.ts';
import { NO_OUTPUT, originalText, textContent } from './result-of.ts';

/** A text of more characters is taken for a number (original contract §8.2). */
const MAX_TEXT = 2_000_000;

/**
 * A call of a module that does not tell its types: by those that the caller tells, and by the wasm signature where it tells none. Throws what
 * the call throws, `bad-argument` for what the signature does not take.
 */
export function callRaw(instance: Instance, name: string, form: OriginalForm): JsonObject {
  const signature = instance.signatureOf(name);
  if (signature === undefined) {
    const why = instance.exports.includes(name) ? 'has a signature that is not supported' : 'is not there';
    throw new HostError('unknown-function', `The function \`${name}\` cannot be called: it ${why}.`);
  }
  const { params, results } = signature;
  if (results.length > 1) throw new HostError('unknown-function', `\`${name}\` gives more than one value.`);
  checkCount(name, form, params.length);
  const args = params.map((type, i): RawArgument => {
    const shape = form.argTypes[i];
    const where = `args[${i}]`;
    if (shape === undefined) return rawArgument(type, form.args[i], where, form.allowStringArgs);
    checkType(shape, type, `argTypes[${i}]`);
    return { shape, value: fromJson(shape, relaxed(shape, form.args[i]), where) };
  });
  if (form.resultType !== undefined) checkType(form.resultType, results[0], 'resultType');
  const value = instance.callRaw(name, args, form.resultType);
  const text = form.resultType === undefined ? undefined : originalText(form.resultType, value);
  return { content: textContent(text ?? rawText(instance, value, form)) };
}

function checkType(shape: Shape, type: WasmType | undefined, where: string): void {
  const wanted = shape.kind === 'Float64' ? ['f64', 'f32'] : sizeOf(shape) === 8 ? ['i64'] : ['i32'];
  if (type !== undefined && wanted.includes(type)) return;
  const have = type === undefined ? 'gives nothing' : `has ${type} there`;
  throw new HostError('bad-argument', `\`${where}\` says ${shapeName(shape)}, but the function ${have}.`);
}

function rawText(instance: Instance, value: ClarityValue, form: OriginalForm): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'number') return NO_OUTPUT;
  const text = form.expectStringResult ? instance.textAt(value) : undefined;
  // Bytes that are no UTF-8 are no text.
  return text === undefined || text.length > MAX_TEXT || text.includes('\uFFFD') ? String(value) : text;
}
