import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkOut, workingCopy } from '../../cli/git';
import { builtSide, designedSide } from '../../cli/ref-side';
import { ToolError } from '../../core/errors';
import { packageRoot } from '../../core/package-root';
import { diffStack } from '../../review/diff';
import { example } from '../helpers/agencies';
import { configFolder, edit } from '../helpers/config-folder';

const HUE = { 'agencies/hue.yaml': example('hue'), 'defaults.yaml': 'region: ap-southeast-1\n' };

describe('made by this program', () => {
  test('has the stacks of the agencies that have a file', () => {
    const config = configFolder(HUE);

    expect([...designedSide(config, new Set(['hue', 'langson'])).stacks.keys()]).toEqual([
      'hue-production',
      'hue-staging',
    ]);
    expect([...designedSide(config, 'all').stacks.keys()]).toEqual(['hue-production', 'hue-staging']);
    expect(designedSide(config, new Set(['langson'])).stacks.size).toBe(0);
    expect(designedSide(join(config, 'nowhere'), 'all').stacks.size).toBe(0);
  });

  test.each([
    ['its own file', { 'agencies/hue.yaml': edit(example('hue'), ['kind: city', 'kin: city']) }],
    ['defaults.yaml', { 'defaults.yaml': 'regio: x\n' }],
  ])('takes an agency for broken by a mistake in %s', (_, files) => {
    const { broken, stacks, problems } = designedSide(configFolder({ ...HUE, ...files }), 'all');

    expect([[...broken], stacks.size]).toEqual([['hue'], 0]);
    expect(problems).not.toEqual([]);
  });

  test('takes the registry for broken by a mistake in its file', () => {
    const { broken } = designedSide(configFolder({ ...HUE, 'registry.yaml': 'regio: x\n' }), 'all');

    expect([...broken]).toEqual(['address-registry']);
  });
});

describe('made by the code beside it', () => {
  // The one test that builds portal6: an old one, which tags otherwise.
  test('is what that code makes of it', () => {
    const { folder, remove } = checkOut(workingCopy(packageRoot()), 'HEAD');
    try {
      const file = join(folder, 'config/stack-tags.ts');
      writeFileSync(file, edit(readFileSync(file, 'utf8'), ["'managed-by': 'portal6'", "'managed-by': 'portal5'"]));
      const config = configFolder({
        ...HUE,
        'agencies/langson.yaml': edit(example('langson'), ['kind: province', 'kin: province']),
      });
      const agencies = new Set(['hue', 'langson']);
      const [old, now] = [builtSide(folder, config, agencies), designedSide(config, agencies)];
      const [before, after] = [old, now].map(({ stacks }) => stacks.get('hue-staging')!);
      const { settings, changes } = diffStack(before!.read(), after!.read());

      expect([[...old.broken], [...old.stacks.keys()]]).toEqual([['langson'], ['hue-production', 'hue-staging']]);
      expect(before).toMatchObject({ agency: 'hue', environment: 'staging' });
      expect(JSON.stringify({ settings, changes })).toMatch(/portal5.*portal6/);
    } finally {
      remove();
    }
  }, 180_000);

  test('fails as an outside tool where that code does not build, with what was said', () => {
    const folder = mkdtempSync(join(tmpdir(), 'scratch-'));
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ scripts: { build: 'echo "stacks/app.ts: no such name" && exit 2' } }),
    );
    try {
      const build = (): unknown => builtSide(folder, configFolder(HUE), 'all');
      expect(build).toThrow(ToolError);
      expect(build).toThrow('stacks/app.ts: no such name');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
