import { UserError } from './core/errors';
import { loadFleet } from './config/load';
import { formatProblem } from './config/problem';
import { defineApp } from './stacks/app';

/** The CDKTF app, for `cdktf synth` and whoever drives it: every agency in `config/agencies`, and the address registry. */
function main(): void {
  const { agencies, registry, problems } = loadFleet('config');
  for (const problem of problems.filter(({ severity }) => severity !== 'notice')) console.error(formatProblem(problem));
  if (problems.some(({ severity }) => severity === 'error')) throw new UserError('nothing was synthesized');
  defineApp(undefined, [...agencies, ...(registry ? [{ registry: registry.config }] : [])]).synth();
}

try {
  main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
