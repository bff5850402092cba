/** One file of a new project. */
export interface ProjectFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly purpose: string;
  readonly template: string;
}

/** Names as JSON schemas let them through: a folder, and an identifier of the language. */
export const PROJECT_NAME = '^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$';
export const MODULE_NAME = '^[A-Z][A-Za-z0-9_]{0,62}$';

/** The source file of the service, relative to its project. */
export const ENTRY = 'src/main.clarity';

/** The files of a small project: they compile as they are, and their tests pass. */
export function projectFiles(project: string, module: string): readonly ProjectFile[] {
  return [
    { path: ENTRY, purpose: 'The program: every exported function is a tool.', template: program(project, module) },
    { path: 'README.md', purpose: 'What the project is, and how to work on it.', template: readme(project, module) },
    { path: 'clarity.toml', purpose: 'Name and entry of the project.', template: toml(project, module) },
    { path: 'tests/smoke.md', purpose: 'What to try by hand.', template: smoke(module) },
  ];
}

function program(project: string, module: string): string {
  return `// ${project}: a first service. Every exported function is a tool; the comment above it is what clients read.
module ${module}

// Greets somebody by name.
export function greet(name: String) -> String {
  match trim(name) {
    "" -> "Hello!",
    someone -> "Hello, \${someone}!"
  }
}

// Adds two whole numbers.
export function add(a: Int64, b: Int64) -> Int64 {
  a + b
}

effect[Test] function test_greet() -> Unit {
  assert_eq_string(greet("Ada"), "Hello, Ada!");
  assert_eq_string(greet("  "), "Hello!")
}

effect[Test] function test_add() -> Unit {
  assert_eq(add(2, 3), 5)
}
`;
}

function readme(project: string, module: string): string {
  return `# ${project}

A service in Clarity. Its module is \`${module}\`, its program [${ENTRY}](${ENTRY}).

- \`clarityc check ${ENTRY}\` reports errors and warnings, \`clarityc test ${ENTRY}\` runs the tests.
- \`clarityctl add ${ENTRY}\` makes it a service of the daemon that runs; saving the file replaces the running one.
- [tests/smoke.md](tests/smoke.md) says what to try by hand.
`;
}

function toml(project: string, module: string): string {
  return `[project]
name = "${project}"
module = "${module}"
entry = "${ENTRY}"
`;
}

function smoke(module: string): string {
  const namespace = module.toLowerCase();
  return `# Smoke test

| call | answer |
|---|---|
| \`${namespace}__fn__greet\` with \`{"name": "Ada"}\` | \`Hello, Ada!\` |
| \`${namespace}__fn__add\` with \`{"a": 2, "b": 3}\` | \`5\` |
`;
}
