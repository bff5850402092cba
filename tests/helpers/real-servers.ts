import { join } from 'node:path';

import { serverEntry } from './manifests.ts';

/** A call of one of its tools, in the order in which they are made. */
export type ToolCall = readonly [tool: string, args: object];

/** An MCP server from npm, run in a folder of its own that holds `hello.txt`. */
export interface RealServer {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Calls that succeed; a tool without one is called with no arguments, which most refuse in their own words. */
  readonly calls: readonly ToolCall[];
  /** One call for a client that knows only texts, and what its answer holds. */
  readonly plainCall: readonly [tool: string, args: Readonly<Record<string, string>>, answer: string];
}

/** By path: their packages export neither their package.json nor their program. */
const entry = (name: string) => join(import.meta.dirname, '../../node_modules', name, 'dist/index.js');

const ADA = { name: 'ada', entityType: 'person', observations: ['writes'] };
const BOB = { name: 'bob', entityType: 'person', observations: ['reads'] };
const KNOWS = { from: 'ada', to: 'bob', relationType: 'knows' };
const PERSON = { GIT_AUTHOR_NAME: 'ada', GIT_AUTHOR_EMAIL: 'ada@example.com' };
const COMMITTER = { GIT_COMMITTER_NAME: 'ada', GIT_COMMITTER_EMAIL: 'ada@example.com' };

/** The servers of the acceptance list, for a run in `folder`. */
export function realServers(folder: string): Readonly<Record<string, RealServer>> {
  return {
    everything: {
      args: [serverEntry('everything'), 'stdio'],
      env: {},
      calls: [
        ['echo', { message: 'hi' }],
        ['get-annotated-message', { messageType: 'success' }],
        ['get-structured-content', { location: 'New York' }],
        ['get-sum', { a: 2, b: 3 }],
        ['gzip-file-as-resource', { name: 'hi.gz', data: 'data:text/plain,hi' }],
        ['trigger-long-running-operation', { duration: 0.1, steps: 2 }],
      ],
      plainCall: ['echo', { message: 'hi' }, 'Echo: hi'],
    },
    git: {
      args: [entry('@cyanheads/git-mcp-server')],
      env: { MCP_TRANSPORT_TYPE: 'stdio', ...PERSON, ...COMMITTER },
      calls: [
        ['git_init', { path: folder }],
        ['git_set_working_dir', { path: folder }],
        ['git_add', { paths: ['hello.txt'] }],
        ['git_commit', { message: 'feat: hello' }],
        ['git_status', {}],
        ['git_log', {}],
        ['git_branch', {}],
        ['git_show', { object: 'HEAD' }],
        ['git_blame', { filePath: 'hello.txt' }],
        ['git_diff', {}],
        ['git_reflog', {}],
        ['git_tag', { mode: 'list' }],
        ['git_stash', { mode: 'list' }],
        ['git_remote', { mode: 'list' }],
        ['git_worktree', { mode: 'list' }],
        ['git_clean', { dryRun: true, force: false }],
        ['git_clear_working_dir', { confirm: 'Y' }],
      ],
      plainCall: ['git_status', { path: folder }, 'isClean'],
    },
    time: {
      args: [entry('time-mcp')],
      env: {},
      calls: [
        ['relative_time', { time: '2020-01-01 00:00:00' }],
        ['convert_time', { sourceTimezone: 'UTC', targetTimezone: 'Asia/Tokyo', time: '2026-01-01 00:00:00' }],
      ],
      plainCall: [
        'convert_time',
        { sourceTimezone: 'UTC', targetTimezone: 'Asia/Tokyo', time: '2026-01-01 00:00:00' },
        '09:00:00',
      ],
    },
    filesystem: {
      args: [serverEntry('filesystem'), folder],
      env: {},
      calls: [
        ['read_file', { path: join(folder, 'hello.txt') }],
        ['read_text_file', { path: join(folder, 'hello.txt') }],
        ['read_media_file', { path: join(folder, 'hello.txt') }],
        ['read_multiple_files', { paths: [join(folder, 'hello.txt')] }],
        ['write_file', { path: join(folder, 'new.txt'), content: 'one' }],
        ['edit_file', { path: join(folder, 'new.txt'), edits: [{ oldText: 'one', newText: 'two' }] }],
        ['create_directory', { path: join(folder, 'sub') }],
        ['move_file', { source: join(folder, 'new.txt'), destination: join(folder, 'sub/new.txt') }],
        ['list_directory', { path: folder }],
        ['list_directory_with_sizes', { path: folder }],
        ['directory_tree', { path: folder }],
        ['search_files', { path: folder, pattern: '*.txt' }],
        ['get_file_info', { path: join(folder, 'hello.txt') }],
        ['list_allowed_directories', {}],
      ],
      plainCall: ['read_text_file', { path: join(folder, 'hello.txt') }, 'hello'],
    },
    memory: {
      args: [serverEntry('memory')],
      env: { MEMORY_FILE_PATH: join(folder, 'memory.jsonl') },
      calls: [
        ['create_entities', { entities: [ADA, BOB] }],
        ['create_relations', { relations: [KNOWS] }],
        ['add_observations', { observations: [{ entityName: 'ada', contents: ['counts'] }] }],
        ['read_graph', {}],
        ['search_nodes', { query: 'ada' }],
        ['open_nodes', { names: ['ada'] }],
        ['delete_observations', { deletions: [{ entityName: 'ada', observations: ['counts'] }] }],
        ['delete_relations', { relations: [KNOWS] }],
        ['delete_entities', { entityNames: ['bob'] }],
      ],
      plainCall: ['search_nodes', { query: 'ada' }, 'writes'],
    },
  };
}
