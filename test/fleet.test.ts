import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDirectory } from '../config/directory';
import { draftAgency } from '../config/draft';
import { type Cidr, firstFreeBlock, parseCidr } from '../core/cidr';
import { loadFleet } from '../config/load';
import { portalPaths } from '../policy/levels';
import { readStackJson } from '../policy/sources/stack-json';
import { stackJson } from '../stacks/synthesize';

/** Every agency of the directory, as `portal6 init` writes it, in one fleet. */
const folder = mkdtempSync(join(tmpdir(), 'portal6-fleet-'));
const entries = readDirectory();

beforeAll(() => {
  mkdirSync(join(folder, 'agencies'));
  const taken: Cidr[] = [];
  for (const entry of entries) {
    writeFileSync(join(folder, 'agencies', `${entry.slug}.yaml`), draftAgency(entry, { taken }));
    taken.push(firstFreeBlock(parseCidr('10.0.0.0/8')!, 20, taken)!);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

test('every agency of the directory validates as init writes it, beside all the others', () => {
  const { agencies, problems } = loadFleet(folder);

  // Nobody has decided yet that data may be abroad; everything else is as it should be.
  expect(new Set(problems.map(({ path }) => path))).toEqual(new Set(['environments.production.approval']));
  expect(problems.every(({ severity }) => severity === 'warning')).toBe(true);
  expect(agencies.map(({ id }) => id).sort()).toEqual(entries.map(({ slug }) => slug).sort());
});

test('every agency of the directory synthesizes to a portal that is L3 once its AAAA is live', () => {
  for (const { config } of loadFleet(folder).agencies) {
    for (const environment of Object.values(config.environments)) {
      for (const portal of Object.values(environment.portals)) portal.publish.aaaa = 'live';
    }
    const paths = portalPaths(readStackJson(stackJson({ config })));

    expect(paths.map(({ level }) => level)).toEqual([3]);
  }
});
