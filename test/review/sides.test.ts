import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../core/errors';
import { pairSides, type Side, sideOf } from '../../review/sides';
import { resources } from '../helpers/snapshots';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sides-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function written(side: string, stacks: Record<string, string>): string {
  for (const [stack, name] of Object.entries(stacks)) {
    const path = join(folder, side, 'stacks', stack);
    mkdirSync(path, { recursive: true });
    writeFileSync(
      join(path, 'cdk.tf.json'),
      JSON.stringify({ resource: { aws_sns_topic: { t: { display_name: name } } } }),
    );
  }
  return join(folder, side);
}

function pairs(before: Side, after: Side, byName = false): { readonly told: string[]; readonly same: number } {
  let same = 0;
  const told = [...pairSides(before, after, byName, () => (same += 1))].map(
    ({ stack, before: old, after: now }) => `${stack}: ${old ? old.stack : '-'} ${now ? now.stack : '-'}`,
  );
  return { told, same };
}

test('stacks are paired by name, and what is the same byte for byte is counted', () => {
  const before = sideOf(written('a', { hue: 'x', langson: 'x', gone: 'x' }));
  const after = sideOf(written('b', { hue: 'x', langson: 'y', come: 'x' }));

  expect(pairs(before, after)).toEqual({ told: ['come: - come', 'gone: gone -', 'langson: langson langson'], same: 1 });
});

test('what is the same is not read', () => {
  const before = sideOf(written('a', { hue: 'x', b: 'x' }));
  const after: Side = new Map(
    [...sideOf(written('b', { hue: 'x', b: 'x' }))].map(([name, { file }]) => [
      name,
      {
        file: file!,
        read: () => {
          throw new Error('was read');
        },
      },
    ]),
  );

  expect(pairs(before, after)).toEqual({ told: [], same: 2 });
});

test('where each side has but one stack, they are two sides of it, whatever their files are called', () => {
  const side = (stack: string): Side => new Map([[stack, { read: () => ({ ...resources({}), stack }) }]]);

  expect(pairs(side('before'), side('hue-production'))).toEqual({
    told: ['hue-production: hue-production hue-production'],
    same: 0,
  });
});

test('a plan is called by the stack that it is held against', () => {
  const stack: Side = new Map([['hue-production', { read: () => ({ ...resources({}), stack: 'hue-production' }) }]]);
  const plan: Side = new Map([
    ['plan.json', { read: () => ({ ...resources({}), stack: 'plan.json', kind: 'plan' as const }) }],
  ]);

  expect(pairs(stack, plan).told).toEqual(['hue-production: hue-production hue-production']);
});

test('fails where there is nothing', () => {
  expect(() => sideOf(join(folder, 'nowhere'))).toThrow(UserError);
});

test('two folders with one stack each are of two stacks, where those are known by name', () => {
  const [before, after] = [sideOf(written('a', { hue: 'x' })), sideOf(written('b', { langson: 'x' }))];

  expect(pairs(before, after, true).told).toEqual(['hue: hue -', 'langson: - langson']);
});
