import { loadFleet } from '../../config/load';
import { judge } from '../../policy/check';
import { readStackJson } from '../../policy/sources/stack-json';
import { stackJson } from '../../stacks/synthesize';
import { type Mutant, mutantsOf, type StackResources } from '../helpers/mutants';

/** Mutants that no rule catches, with the reason why nobody would miss what they took away. */
const HARMLESS: readonly (readonly [pattern: RegExp, reason: string])[] = [];

const stacks = loadFleet('config').agencies.flatMap(({ config }) =>
  Object.keys(config.environments).map((environment) => {
    const json = stackJson({ config, environments: [environment] }) as { resource: StackResources };
    return { id: `${config.agency.id}-${environment}`, resources: json.resource };
  }),
);

test('whatever IPv6 rests on, a rule notices when it is gone', () => {
  const mutants = stacks.flatMap(({ id, resources }) => {
    const before = failuresOf(resources);
    return mutantsOf(id, resources).map((mutant) => ({ mutant, caught: isCaught(mutant, before) }));
  });
  const missed = mutants.filter(({ caught }) => !caught).map(({ mutant }) => mutant.title);
  const excused = missed.filter((title) => HARMLESS.some(([pattern]) => pattern.test(title)));
  const caught = mutants.length - missed.length;
  process.stdout.write(
    `mutants: ${caught} of ${mutants.length} caught (${((100 * caught) / mutants.length).toFixed(1)} %), ` +
      `${excused.length} harmless\n`,
  );

  expect(missed.filter((title) => !excused.includes(title))).toEqual([]);
  expect(caught / mutants.length).toBeGreaterThanOrEqual(0.98);
});

test('each excuse is still needed', () => {
  const titles = stacks.flatMap(({ id, resources }) => {
    const before = failuresOf(resources);
    return mutantsOf(id, resources)
      .filter((mutant) => !isCaught(mutant, before))
      .map(({ title }) => title);
  });

  expect(HARMLESS.filter(([pattern]) => !titles.some((title) => pattern.test(title)))).toEqual([]);
});

function isCaught({ resources }: Mutant, before: ReadonlySet<string>): boolean {
  return [...failuresOf(resources)].some((failure) => !before.has(failure));
}

function failuresOf(resource: StackResources): ReadonlySet<string> {
  const { findings, crashes } = judge(readStackJson({ resource }));
  if (crashes.length > 0) throw crashes[0]!.error;
  return new Set(
    findings
      .filter(({ result, severity }) => result === 'fail' && severity !== 'notice')
      .map(({ rule, resource: { address }, message }) => `${rule} ${address} ${message}`),
  );
}
