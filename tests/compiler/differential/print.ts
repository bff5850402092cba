import { PRELUDE, tyText, type Arm, type Expr, type Func, type Pattern, type Program, type Statement } from './tree.ts';

/** A program as Clarity source. */
export function printProgram({ records, unions, constants, functions }: Program): string {
  const fields = (list: readonly { name: string; ty: Parameters<typeof tyText>[0] }[]) =>
    list.map(({ name, ty }) => `${name}: ${tyText(ty)}`).join(', ');
  const lines = [
    'module Random',
    // Unions first: they name records that are declared later.
    ...unions.map(
      ({ name, variants }) =>
        `type ${name} = ${variants.map((v) => `| ${v.name}${v.fields.length === 0 ? '' : `(${fields(v.fields)})`}`).join(' ')}`,
    ),
    ...records.map((record) => `type ${record.name} = { ${fields(record.fields)} }`),
    ...constants.map(({ name, ty, e }) => `const ${name}: ${tyText(ty)} = ${printExpr(e)};`),
    PRELUDE,
    ...functions.map(
      (fn: Func) =>
        `effect[Log] function ${fn.name}(${fields(fn.params)}) -> ${tyText(fn.result)} {\n  ${printExpr(fn.body)}\n}`,
    ),
  ];
  return lines.join('\n') + '\n';
}

function printExpr(e: Expr): string {
  switch (e.k) {
    case 'int':
      return e.value < 0n ? `(${e.value.toString()})` : e.value.toString();
    case 'float':
      return floatText(e.value);
    case 'bool':
      return e.value ? 'True' : 'False';
    case 'str':
      return quote(e.value);
    case 'var':
      return e.name;
    case 'bin':
      return `(${printExpr(e.left)} ${e.op} ${printExpr(e.right)})`;
    case 'un':
      return `(${e.op}${printExpr(e.e)})`;
    case 'interp':
      return `"${e.parts.map((part) => (typeof part === 'string' ? quote(part).slice(1, -1) : `\${${printExpr(part)}}`)).join('')}"`;
    case 'list':
      return `[${e.items.map(printExpr).join(', ')}]`;
    case 'call':
      return `${e.fn}(${e.args.map((arg, i) => (e.names === undefined ? '' : `${e.names[i] ?? ''}: `) + printExpr(arg)).join(', ')})`;
    case 'apply':
      return `${e.fn.k === 'var' ? e.fn.name : `(${printExpr(e.fn)})`}(${e.args.map(printExpr).join(', ')})`;
    case 'record':
      return `{ ${e.fields.map(({ name, e: value }) => `${name}: ${printExpr(value)}`).join(', ')} }`;
    case 'member':
      return `${e.e.k === 'record' ? `(${printExpr(e.e)})` : printExpr(e.e)}.${e.name}`;
    case 'variant':
      return printVariant(e.variant.name, e.variant.fields, e.args.map(printExpr), e.named);
    case 'block':
      return `{ ${e.statements.map((s) => `${printStatement(s)}; `).join('')}${printExpr(e.result)} }`;
    case 'match':
      return `(match ${printExpr(e.on)} { ${e.arms.map(printArm).join(', ')} })`;
    case 'lambda':
      return `(|${e.params.map(({ name, ty }) => `${name}: ${tyText(ty)}`).join(', ')}| ${printExpr(e.body)})`;
  }
}

function printVariant(
  name: string,
  fields: readonly { readonly name: string }[],
  items: readonly string[],
  named: boolean,
): string {
  if (items.length === 0) return name;
  const texts = items.map((item, i) => (named ? `${fields[i]?.name ?? ''}: ${item}` : item));
  return `${name}(${(named ? texts.reverse() : texts).join(', ')})`;
}

function printStatement(s: Statement): string {
  if (s.k === 'drop') return printExpr(s.e);
  if (s.k === 'assign') return `${s.name} = ${printExpr(s.e)}`;
  return `let ${s.mut ? 'mut ' : ''}${s.name}${s.ty === undefined ? '' : `: ${tyText(s.ty)}`} = ${printExpr(s.e)}`;
}

function printArm({ pattern, guard, body }: Arm): string {
  return `${printPattern(pattern)}${guard === undefined ? '' : ` if ${printExpr(guard)}`} -> ${printExpr(body)}`;
}

function printPattern(p: Pattern): string {
  switch (p.k) {
    case 'any':
      return '_';
    case 'bind':
      return p.name;
    case 'literal':
      if (typeof p.value === 'string') return quote(p.value);
      if (typeof p.value === 'boolean') return p.value ? 'True' : 'False';
      return typeof p.value === 'number' ? floatText(p.value) : p.value.toString();
    case 'range':
      return `${p.from.toString()}..${p.to.toString()}`;
    case 'variant':
      return printVariant(p.variant.name, p.variant.fields, p.items.map(printPattern), p.named);
  }
}

const floatText = (value: number) => (Number.isInteger(value) ? value.toFixed(1) : String(value));

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '"': '\\"', '\\': '\\\\', $: '\\$' };
const quote = (text: string) => `"${text.replace(/[\n\t"\\$]/g, (c) => ESCAPES[c] ?? c)}"`;
