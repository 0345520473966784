import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of test/fixtures/plans, which real Terraform wrote: scripts/make-plan-fixtures.mjs. */
export function fixtureFile(name: string): string {
  return join(__dirname, '..', 'fixtures', 'plans', name);
}

export function fixtureText(name: string): string {
  return readFileSync(fixtureFile(name), 'utf8');
}

export function fixtureJson(name: string): unknown {
  return JSON.parse(fixtureText(name));
}
