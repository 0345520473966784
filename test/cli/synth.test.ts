import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { example } from '../helpers/agencies';
import { configFolder, portal6 } from '../helpers/cli';

/** Synthesizes Hue, with its text changed, and gives what was printed and what was written of its portals. */
async function synthHue(change: (text: string) => string = (text) => text) {
  const config = configFolder({ 'agencies/hue.yaml': change(example('hue')) });
  const folder = join(config, '..', 'out');
  const printed = await portal6(['synth', 'hue/production', '--config', config, '--out', folder]);
  const file = join(folder, 'stacks', 'hue-production', 'portals.json');
  return { ...printed, written: JSON.parse(readFileSync(file, 'utf8')) as { portals: object[] } };
}

const outside = (text: string): string => text.replace(/zone:\n +id: .*\n +name: .*\n/, 'zone: { external: true }\n');

test('prints what each portal is designed to be, and writes it beside the stack', async () => {
  const { code, out, written } = await synthHue();

  expect(code).toBe(0);
  expect(out).toMatch(
    /^hue +production +portal +hue\.gov\.vn +open +open +L3 +run the application subnets IPv6-only$/m,
  );
  expect(out).not.toContain('?');
  expect(written.portals).toMatchObject([{ portal: 'portal', level: 3 }]);
});

test('a level that may be higher has a question mark, and a line below the table says so', async () => {
  const { out, written } = await synthHue(outside);

  expect(out).toMatch(
    /^hue +production +portal +hue\.gov\.vn +unknown at dns +unknown at dns +L0\? +enter the records/m,
  );
  expect(out).toContain('\nL0?: at least L0; whether it is more, this input does not tell.\n');
  expect(written.portals).toMatchObject([{ level: 0, atLeast: true }]);
});

test('so has the level that it is to have once live', async () => {
  const { out, written } = await synthHue((text) => outside(text).replace('aaaa: live', 'aaaa: staged'));

  expect(out).toMatch(/ L0\? \(L0\? when live\) /);
  expect(written.portals).toMatchObject([{ levelWhenLive: 0, atLeastWhenLive: true }]);
});
