import type { Rule } from '../rule';
import { rule as v6Path001 } from './v6-path-001';
import { rule as v6Rt001 } from './v6-rt-001';
import { rule as v6Vpc001 } from './v6-vpc-001';

/** Every rule, by id. Written by scripts/list-rules.js. */
export const RULES: readonly Rule[] = [
  v6Path001,
  v6Rt001,
  v6Vpc001,
];
