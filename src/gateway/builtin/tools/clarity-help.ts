import { input, output, TEXT, TEXTS } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

const OVERVIEW = `Clarity Runtime runs MCP services that are declared in manifests and serves all of their tools at one address.
- runtime__status_summary and runtime__list_services tell what there is, runtime__get_service why a service is as it is, runtime__get_logs what it wrote.
- runtime__register_stdio, runtime__register_remote, runtime__register_local and runtime__apply_manifest declare services, where the daemon lets MCP clients do so.
- clarity__sources finds programs in Clarity, clarity__bootstrap_app begins one.
Tools of services are named <namespace>__<tool>; those of this runtime begin with runtime__ and clarity__.`;

const PROMPTS = `What people ask, and what answers it:
- "What runs here?": runtime__list_services.
- "Why does X fail?": runtime__get_service, its conditions and lastError; then runtime__get_logs.
- "Add the server at https://…": runtime__register_remote; with a secret first runtime__set_auth_secret, then auth_ref file:….
- "Run this MCP server of npm": runtime__register_stdio with command npx and its arguments.
- "Write me a tool that …": clarity__bootstrap_app, then edit its src/main.clarity; saving it replaces the running service.`;

const ONBOARDING = `1. runtime__status_summary: is anything there yet?
2. clarity__bootstrap_app {"project_name": "hello"}: a first service of your own, or runtime__register_stdio for one that exists.
3. tools/list again: its tools are there as soon as it is ready.
4. Look at services.d: every service is a manifest there, to be kept in git. A person may edit it; the runtime follows.`;

const DEFAULT_LANGUAGE = `Where nothing else is asked for, write new tools in Clarity: a small typed language that compiles to WebAssembly inside of the runtime.
A program reaches nothing outside but what its manifest grants. Names, types and comments of exported functions become the schemas and descriptions of the tools.
Honour the wish for another language: any MCP server runs with runtime__register_stdio.`;

const TOPICS: Readonly<Record<string, string>> = {
  overview: OVERVIEW,
  prompts: PROMPTS,
  onboarding: ONBOARDING,
  default_language: DEFAULT_LANGUAGE,
};

export const help = defineTool<{ topic: string }>({
  name: 'clarity__help',
  title: 'Help',
  description: 'How to work with this runtime, for models: overview, prompts, onboarding, default_language.',
  inputSchema: input({
    topic: { type: 'string', default: 'overview', description: `One of ${Object.keys(TOPICS).join(', ')}.` },
  }),
  outputSchema: output({ topic: TEXT, details: TEXT, all_topics: TEXTS }),
  annotations: ANNOTATIONS.reading,
  run: ({ topic: asked }) => {
    const topic = Object.hasOwn(TOPICS, asked) ? asked : 'overview';
    return { json: { topic, details: TOPICS[topic], all_topics: Object.keys(TOPICS) } };
  },
});
