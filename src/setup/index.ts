/** The face of the room. */
export { bootstrap, type BootstrapResult, type WrittenFile } from './bootstrap.ts';
export { bootstrapStatus, type ClientStatus } from './bootstrap-status.ts';
export { CLIENT_NAMES, clientFiles, homeOf, type ClientFiles, type ClientName } from './clients/client-files.ts';
export { gatewayEntry, SERVER_NAME, type GatewayEntry } from './clients/gateway-entry.ts';
