/** The clients whose configuration can be printed. */
export const EXPORT_CLIENTS = ['claude', 'claude-desktop', 'cursor', 'vscode', 'codex'] as const;
export type ExportClient = (typeof EXPORT_CLIENTS)[number];
