/** The face of the room. */
export { bootstrap, type BootstrapResult, type WrittenFile } from './bootstrap.ts';
export { bootstrapStatus, type ClientStatus } from './bootstrap-status.ts';
export { CLIENT_NAMES, clientFiles, type ClientFiles, type ClientName } from './clients/client-files.ts';
export { gatewayEntry, type GatewayEntry } from './clients/gateway-entry.ts';
export type { Check } from './doctor/check.ts';
export { checkClients } from './doctor/client-checks.ts';
export { checkLock, checkServices, checkWorkspace } from './doctor/folder-checks.ts';
export { checkInotify, checkNode } from './doctor/machine-checks.ts';
export { checkCompiler, checkGit } from './doctor/program-checks.ts';
export { directConfig } from './export/direct-config.ts';
export { EXPORT_CLIENTS, type ExportClient } from './export/export-client.ts';
export { gatewayConfig } from './export/gateway-config.ts';
export { importServers, type ImportedServer } from './import/import-servers.ts';
export { existingConfigs } from './import/known-configs.ts';
export { readClientFile } from './client-file.ts';
