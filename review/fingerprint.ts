import { createHash } from 'node:crypto';
import { isRecord } from '../policy/value';
import { withoutComments } from './settings';

/**
 * Tells one state of a stack from another: the SHA-256 of its JSON with keys in order, without the comments in which cdktf
 * writes its version and where constructs were. What was reviewed is what is deployed if the two are the same.
 */
export function fingerprintOf(json: unknown): string {
  return createHash('sha256')
    .update(canonical(withoutComments(json)))
    .digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const entries = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${entries.join(',')}}`;
}
