/** What another branch brings: a test that expects it here fails as soon as it has landed, so that its line goes. Must be empty in the end. */
export const WAITING_FOR: Readonly<Record<'routes' | 'tools' | 'commands' | 'variables', readonly string[]>> = {
  routes: [],
  tools: [],
  commands: [],
  variables: [],
};
