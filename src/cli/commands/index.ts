import type { CliCommand } from '../command.ts';
import { addAllCommand } from './add-all.ts';
import { addLocalCommand } from './add-local.ts';
import { addRemoteCommand } from './add-remote.ts';
import { addStdioCommand } from './add-stdio.ts';
import { addCommand } from './add.ts';
import { applyCommand } from './apply.ts';
import { approveCommand } from './approve.ts';
import { authCommands } from './auth.ts';
import { bootstrapRemoveCommand } from './bootstrap-remove.ts';
import { bootstrapCommand } from './bootstrap.ts';
import { callCommand } from './call.ts';
import { completionCommand } from './completion.ts';
import { deleteCommand } from './delete.ts';
import { describeCommand } from './describe.ts';
import { detailsCommand } from './details.ts';
import { diffCommand } from './diff.ts';
import { doctorCommand } from './doctor.ts';
import { eventsCommand } from './events.ts';
import { explainCommand } from './explain.ts';
import { exportCommand } from './export.ts';
import { gatewayServeCommand } from './gateway-serve.ts';
import { getCommand } from './get.ts';
import { importCommand } from './import.ts';
import { introspectCommand } from './introspect.ts';
import { listCommand } from './list.ts';
import { logsCommand } from './logs.ts';
import { newCommand } from './new.ts';
import { proposalsCommand } from './proposals.ts';
import { openCommand } from './open.ts';
import { pruneCommand } from './prune.ts';
import { reconcileCommand } from './reconcile.ts';
import { rejectCommand } from './reject.ts';
import { removeCommand } from './remove.ts';
import { restartCommand } from './restart.ts';
import { resumeCommand } from './resume.ts';
import { rolloutHistoryCommand } from './rollout-history.ts';
import { rolloutUndoCommand } from './rollout-undo.ts';
import { schemaCommand } from './schema.ts';
import { startSourceCommand } from './start-source.ts';
import { startCommand } from './start.ts';
import { statusCommand } from './status.ts';
import { stopCommand } from './stop.ts';
import { suspendCommand } from './suspend.ts';
import { traceCommand } from './trace.ts';
import { treeCommand } from './tree.ts';
import { unquarantineCommand } from './unquarantine.ts';
import { validateCommand } from './validate.ts';
import { waitCommand } from './wait.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly CliCommand[] = [
  applyCommand,
  diffCommand,
  validateCommand,
  newCommand,
  addCommand,
  addAllCommand,
  addRemoteCommand,
  addStdioCommand,
  addLocalCommand,
  startSourceCommand,
  startCommand,
  stopCommand,
  restartCommand,
  suspendCommand,
  resumeCommand,
  unquarantineCommand,
  deleteCommand,
  removeCommand,
  pruneCommand,
  proposalsCommand,
  approveCommand,
  rejectCommand,
  rolloutHistoryCommand,
  rolloutUndoCommand,
  getCommand,
  describeCommand,
  waitCommand,
  logsCommand,
  eventsCommand,
  treeCommand,
  traceCommand,
  listCommand,
  statusCommand,
  detailsCommand,
  openCommand,
  callCommand,
  introspectCommand,
  reconcileCommand,
  ...authCommands,
  explainCommand,
  schemaCommand,
  completionCommand,
  bootstrapCommand,
  bootstrapRemoveCommand,
  doctorCommand,
  importCommand,
  exportCommand,
  gatewayServeCommand,
];
