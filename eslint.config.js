import tseslint from 'typescript-eslint';

/**
 * The laws of the house that a linter can hold; tests/architecture.test.ts holds the ones about rooms.
 * Each entry says what to do instead, because that is what the person who trips over it needs.
 */
const environment = {
  object: 'process',
  property: 'env',
  message: 'Only src/config reads the environment: take RuntimeConfig.',
};
const exit = {
  object: 'process',
  property: 'exit',
  message: 'Only bin and src/cli end the process: throw, or set process.exitCode.',
};
const emptyCatch = {
  selector: 'CatchClause > BlockStatement[body.length=0]',
  message: 'Handle a named condition, or rethrow with the cause.',
};
const floatingCatch = {
  selector: "CallExpression[callee.property.name='catch'] > ArrowFunctionExpression > BlockStatement[body.length=0]",
  message: 'A rejection that is thrown away hides a fault: log it, or handle the one you expect.',
};
const childProcess = {
  name: 'node:child_process',
  message: 'Child processes are made in src/process only: it owns groups, environment, deadlines and the tree kill.',
};

/** Rules of eslint itself that neither the compiler nor typescript-eslint covers. */
const core = {
  eqeqeq: 'error',
  'no-console': 'error',
  'no-control-regex': 'error',
  'no-debugger': 'error',
  'no-eval': 'error',
  'no-new-func': 'error',
  'no-param-reassign': 'error',
  'no-restricted-properties': ['error', environment, exit],
  'no-restricted-syntax': ['error', emptyCatch, floatingCatch],
  'no-restricted-imports': ['error', { paths: [childProcess] }],
  'no-self-compare': 'error',
  'no-template-curly-in-string': 'error',
  'no-unreachable-loop': 'error',
  'no-useless-assignment': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'preserve-caught-error': 'error',
};

/** Strict where it finds faults; off where it only argues about style that prettier and the compiler settle. */
const typed = {
  '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
  '@typescript-eslint/no-confusing-void-expression': 'off',
  '@typescript-eslint/no-floating-promises': 'error',
  // Spreading a text into code points is what we mean by its characters.
  '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
  '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  '@typescript-eslint/require-await': 'off',
  // A third of the time of a run, for faults that cannot be here: there are no enums, and ports are structural on purpose.
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  '@typescript-eslint/no-unsafe-enum-assignment': 'off',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'node_modules/', '.clarity/', '**/fixtures/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { rules: core },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: typed,
  },
  {
    files: ['src/config/**'],
    rules: { 'no-restricted-properties': ['error', exit] },
  },
  {
    files: ['src/process/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['src/cli/**', 'src/clarityc/**'],
    rules: { 'no-console': 'off', 'no-restricted-properties': ['error', environment] },
  },
  {
    // Tests drive real processes, read JSON that they have just checked, and need the SDK's bare Server for odd answers.
    files: ['tests/**'],
    rules: {
      'no-console': 'off',
      'no-restricted-imports': 'off',
      'no-restricted-properties': 'off',
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Clarity's own interpolation stands in texts of Clarity.
    files: [
      'tests/compiler/**',
      'tests/clarityc/**',
      'tests/wasm-host/**',
      'tests/toolchain/**',
      'src/compiler/diagnostics/**',
    ],
    rules: { 'no-template-curly-in-string': 'off' },
  },
  {
    files: ['bin/**', 'examples/**', '*.config.*'],
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off' },
  },
);
