import { isDeepStrictEqual } from 'node:util';
import { stringify, type TomlTable } from 'smol-toml';
import { invalidConfig } from '../edit/invalid-config.ts';
import { lineFeedOf, spliced, type Splice } from '../edit/splice.ts';
import { parseTomlText, tomlStatements, type TomlStatement } from '../edit/toml-text.ts';
import { ClarityError } from '../../shared/errors.ts';
import { isBridgeToken, SERVER_NAME, type GatewayEntry } from './gateway-entry.ts';

const PATH = ['mcp_servers', SERVER_NAME];
/** What Codex refuses in an entry of this transport, and what the original wrote that nobody reads. */
const FOREIGN = {
  stdio: ['url', 'endpoint', 'transport', 'bearer_token_env_var', 'http_headers', 'env_http_headers'],
  http: ['command', 'args', 'env', 'env_vars', 'cwd', 'endpoint', 'transport'],
} as const;

/**
 * The text of ~/.codex/config.toml with our table as the entry wants it; comments, other tables and further keys of ours stay as they are.
 * Throws ClarityError ClientConfigInvalid (file:line) where the text does not parse or names us in a form that cannot be edited,
 * BadRequest for a variable that the bridge does not read.
 */
export function setCodexServer(file: string, text: string, entry: GatewayEntry): string {
  const document = parseTomlText(file, text);
  const current = ours(document);
  const next = nextTable(current ?? {}, entry);
  if (current !== undefined && isDeepStrictEqual({ ...current }, next)) return text;
  const statements = tomlStatements(text);
  const header = statements.find(({ kind, path }) => kind === 'header' && isDeepStrictEqual(path, PATH));
  const edited =
    header === undefined || current === undefined
      ? append(without(text, mentions(statements)), next)
      : editTable(text, statements, header, current, next);
  return checked(file, text, edited, next);
}

/** The text without our table and all below it. Throws as setCodexServer does. */
export function removeCodexServer(file: string, text: string): string {
  if (ours(parseTomlText(file, text)) === undefined) return text;
  return checked(file, text, without(text, mentions(tomlStatements(text))), undefined);
}

/** Our table as it stands; undefined where there is none. Throws where the text does not parse. */
export function readCodexServer(file: string, text: string): TomlTable | undefined {
  return ours(parseTomlText(file, text));
}

function ours(document: TomlTable): TomlTable | undefined {
  const found = isTable(document.mcp_servers) ? document.mcp_servers[SERVER_NAME] : undefined;
  return isTable(found) ? found : undefined;
}

function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** What belongs to us: the table, tables below it, and pairs elsewhere that mean it. */
function mentions(statements: readonly TomlStatement[], path: readonly string[] = PATH): readonly TomlStatement[] {
  return statements.filter((each) => path.every((part, index) => each.path[index] === part));
}

function nextTable(current: TomlTable, entry: GatewayEntry): TomlTable {
  const foreign: readonly string[] = FOREIGN[entry.transport];
  const kept = Object.entries(current).filter(([key]) => !foreign.includes(key));
  return { ...Object.fromEntries(kept), ...wanted(current, entry) };
}

function wanted(current: TomlTable, entry: GatewayEntry): TomlTable {
  const { tokenEnv } = entry;
  if (entry.transport === 'http')
    return { url: entry.url, ...(tokenEnv === undefined ? {} : { bearer_token_env_var: tokenEnv }) };
  const own = { command: entry.command, args: [...entry.args] };
  if (tokenEnv === undefined) return own;
  if (!isBridgeToken(tokenEnv))
    throw new ClarityError(
      'BadRequest',
      `Codex hands variables on under their own names, and the bridge reads CLARITYD_AUTH_TOKEN or CLARITY_API_TOKEN, not ${tokenEnv}`,
    );
  const before = Array.isArray(current.env_vars) ? current.env_vars : [];
  return { ...own, env_vars: before.includes(tokenEnv) ? before : [...before, tokenEnv] };
}

function editTable(
  text: string,
  statements: readonly TomlStatement[],
  header: TomlStatement,
  current: TomlTable,
  next: TomlTable,
): string {
  const feed = lineFeedOf(text);
  const splices: Splice[] = [];
  const added: string[] = [];
  for (const [key, value] of Object.entries(next)) {
    if (isDeepStrictEqual(current[key], value)) continue;
    const [only, ...more] = mentions(statements, [...PATH, key]);
    const line = `${renderPair(key, value)}${feed}`;
    if (only === undefined) added.push(line);
    else if (more.length === 0 && only.kind === 'pair' && only.path.length === PATH.length + 1)
      splices.push({ from: only.valueFrom, to: only.valueTo, text: renderValue(value) });
    else {
      splices.push(...removals(text, [only, ...more]));
      added.push(line);
    }
  }
  const gone = Object.keys(current).filter((key) => !(key in next));
  for (const key of gone) splices.push(...removals(text, mentions(statements, [...PATH, key])));
  const broken = text.endsWith('\n') || header.to < text.length ? '' : feed;
  const put = broken === '' ? added.join('') : broken + added.join('').trimEnd();
  const all = added.length === 0 ? splices : [...splices, { from: header.to, to: header.to, text: put }];
  return endAsBefore(text, spliced(text, all));
}

function without(text: string, statements: readonly TomlStatement[]): string {
  return endAsBefore(text, spliced(text, removals(text, statements)));
}

/** Behind everything else, with an empty line before it: what removals takes away again, to the byte. */
function append(text: string, table: TomlTable): string {
  const feed = lineFeedOf(text);
  const plain = Object.values(table).every((value) => typeof value === 'string' || Array.isArray(value));
  const block = plain
    ? [`[${PATH.join('.')}]`, ...Object.entries(table).map(([key, value]) => renderPair(key, value))].join(feed)
    : stringify({ mcp_servers: { [SERVER_NAME]: table } })
        .trim()
        .replaceAll('\n', feed);
  if (text.replace('\uFEFF', '') === '') return `${text}${block}${feed}`;
  return text.endsWith('\n') ? `${text}${feed}${block}${feed}` : `${text}${feed}${feed}${block}`;
}

/** Statements that follow each other go in one piece, with what stands between them and the empty line before a header. */
function removals(text: string, statements: readonly TomlStatement[]): readonly Splice[] {
  const splices: { from: number; to: number; text: string }[] = [];
  let table: { from: number; to: number; text: string } | undefined;
  for (const { kind, path, from, to } of statements) {
    const inside = kind === 'pair' && table !== undefined && path.length > PATH.length;
    if (inside && table !== undefined) table.to = to;
    else splices.push({ from: kind === 'header' ? emptyLineBefore(text, from) : from, to, text: '' });
    if (kind === 'header') table = splices.at(-1);
  }
  return splices;
}

/** What ended without a line feed still does. */
function endAsBefore(before: string, after: string): string {
  return before.endsWith('\n') || !after.endsWith('\n') ? after : after.slice(0, feedBefore(after, after.length));
}

function emptyLineBefore(text: string, from: number): number {
  const empty = feedBefore(text, from);
  return empty < from && (empty === 0 || text[empty - 1] === '\n') ? empty : from;
}

function feedBefore(text: string, from: number): number {
  if (text[from - 1] !== '\n') return from;
  return text[from - 2] === '\r' ? from - 2 : from - 1;
}

function renderPair(key: string, value: unknown): string {
  return `${key} = ${renderValue(value)}`;
}

/** A text as TOML writes it: JSON's escapes, and DEL which TOML does not allow either. */
function renderValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(renderValue).join(', ')}]`;
  return JSON.stringify(value).replaceAll('\u007f', '\\u007f');
}

/** The edit only where it means what was wanted and nothing else changed. */
function checked(file: string, before: string, after: string, table: TomlTable | undefined): string {
  const [old, now] = [parseTomlText(file, before), parsed(after)];
  if (
    now !== undefined &&
    isDeepStrictEqual({ ...ours(now) }, { ...table }) &&
    isDeepStrictEqual(others(old), others(now))
  )
    return after;
  const [at] = tomlStatements(before).filter(({ path }) => path[0] === 'mcp_servers');
  const why = `${PATH.join('.')} is written in a form that is not edited here: give it a table [${PATH.join('.')}] of its own`;
  throw invalidConfig(file, before, at?.from ?? 0, why);
}

function parsed(text: string): TomlTable | undefined {
  try {
    return parseTomlText('', text);
  } catch (error) {
    if (error instanceof ClarityError) return undefined;
    throw error;
  }
}

/** Everything but ours; a table of servers that is empty counts as none. */
function others({ mcp_servers: servers, ...rest }: TomlTable): TomlTable {
  if (!isTable(servers)) return servers === undefined ? rest : { ...rest, servers };
  const { [SERVER_NAME]: _ours, ...left } = servers;
  return Object.keys(left).length === 0 ? rest : { ...rest, servers: left };
}
