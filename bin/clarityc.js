#!/usr/bin/env node
import '../dist/clarityc/main.js';
