#!/usr/bin/env node
import { main } from '../dist/daemon.js';
process.exit(await main());
