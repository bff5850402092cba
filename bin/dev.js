#!/usr/bin/env node
import { main } from '../src/daemon.ts';
process.exit(await main());
