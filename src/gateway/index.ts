/** The face of the room: everything other rooms may use. */
export { createGateway, type Gateway, type GatewayDeps, type GatewayStats } from './gateway.ts';
export { systemTools } from './builtin/builtin-tools.ts';
export { exposedDefinitions } from './catalog/exposed-definitions.ts';
export { GATEWAY_LIMITS, type GatewayLimits } from './limits.ts';
