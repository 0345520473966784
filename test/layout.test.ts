import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = join(__dirname, '..');

/** What each folder may import of ours. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  config: ['core'],
  constructs: ['core'],
  stacks: ['core', 'config', 'constructs'],
  policy: ['core'],
  testing: ['core', 'policy'],
  report: ['core', 'policy'],
  review: ['core', 'policy'],
  cli: ['core', 'config', 'constructs', 'stacks', 'policy', 'report', 'review'],
};

const sources = Object.keys(MAY_IMPORT).flatMap(filesBelow);

test('each folder imports only what it may', () => {
  const against = sources.flatMap((file) => {
    const own = topFolder(file);
    return importsOf(file)
      .filter((target) => target.startsWith('.'))
      .map((target) => topFolder(relative(ROOT, resolve(ROOT, dirname(file), target))))
      .filter((other) => other !== own && !MAY_IMPORT[own]!.includes(other))
      .map((other) => `${file} imports ${other}/`);
  });

  expect(against).toEqual([]);
});

test('nobody takes the provider barrel, or our constructs for the package', () => {
  const barrels = sources.filter((file) =>
    importsOf(file).some((target) => target === '@cdktf/provider-aws' || target.startsWith('constructs/')),
  );

  expect(barrels).toEqual([]);
});

/** Types and constants alone: there is nothing in them that a test could see fail. */
const NOTHING_TO_TEST = [
  'constructs/edge/front.ts',
  'constructs/edge/load-balancer.ts',
  'constructs/network/network.ts',
  'constructs/retention.ts',
  'policy/report.ts',
  'policy/rule.ts',
  'report/fleet-words.ts',
  'report/hop-words.ts',
  'report/language.ts',
  'report/picture-words.ts',
  'report/words.ts',
  'review/render/limits.ts',
  'review/report.ts',
  'review/snapshot.ts',
];

test('every file of core, constructs, policy, report, review and testing has a test at the same path', () => {
  const untested = sources
    .filter((file) => ['core', 'constructs', 'policy', 'report', 'review', 'testing'].includes(topFolder(file)))
    // A rule's examples are its test (rules.test.ts), beside the test of its group.
    .filter((file) => !NOTHING_TO_TEST.includes(file) && !file.startsWith('policy/rules/'))
    .filter((file) => !existsSync(join(ROOT, 'test', file.replace(/\.ts$/, '.test.ts'))));

  expect(untested).toEqual([]);
});

test('no folder or setting makes our constructs take the place of the npm package', () => {
  expect(existsSync(join(ROOT, 'constructs', 'package.json'))).toBe(false);
  expect(existsSync(join(ROOT, 'constructs', 'index.ts'))).toBe(false);
  expect(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')).not.toContain('baseUrl');
  expect(readFileSync(join(ROOT, 'jest.config.js'), 'utf8')).not.toMatch(
    /moduleNameMapper|modulePaths|moduleDirectories/,
  );
});

function topFolder(file: string): string {
  return file.split('/')[0]!;
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import|require)\s*\(?\s*'([^']+)'/g)].map(([, target]) => target!);
}
