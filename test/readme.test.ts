import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { portal6 } from './helpers/cli';

const ROOT = join(__dirname, '..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const ci = readFileSync(join(ROOT, '.ci', 'run'), 'utf8');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal6-readme-'));
  cpSync(join(ROOT, 'config'), join(folder, 'config'), { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true }));

test('every command line of the README is one that CI runs', () => {
  const commands = blocksOf('sh')
    .flatMap((block) => block.trim().split('\n'))
    .flatMap((line) => line.split(' && '));

  expect(commands.length).toBeGreaterThan(4);
  for (const command of commands) expect(ci).toContain(command);
});

test('the example file validates and synthesizes', async () => {
  const [example] = blocksOf('yaml');
  writeFileSync(join(folder, 'config', 'agencies', 'danang.yaml'), example!);
  const options = ['--config', join(folder, 'config')];

  expect(await portal6(['validate', 'danang', ...options])).toMatchObject({ code: 0 });
  const { code, out } = await portal6(['synth', 'danang', ...options, '--out', join(folder, 'out')]);
  expect(code).toBe(0);
  expect(out).toMatch(/danang\.gov\.vn +open +staged at v6\.danang\.gov\.vn +L0 \(L3 when live\)/);
});

test('the table in the README is what npm start prints', async () => {
  const [shown] = blocksOf('text');
  const { out } = await portal6(['synth', '--config', join(ROOT, 'config'), '--out', join(folder, 'out')]);

  for (const line of shown!.trim().split('\n')) expect(out.split('\n')).toContain(line);
});

test.each([
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'docs/deploying.md',
  'docs/review.md',
  'docs/agency-file.md',
  'docs/registry.md',
  'docs/registry-file.md',
])('every link of %s within the repository leads somewhere', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const targets = [...text.matchAll(/\]\((?!https?:)([^)#]*)(#[^)]*)?\)/g)];

  for (const [, path, anchor] of targets) {
    const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path!);
    expect([path, existsSync(file)]).toEqual([path, true]);
    if (anchor) expect(anchorsOf(readFileSync(file, 'utf8'))).toContain(anchor);
  }
});

function blocksOf(language: string): string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block]) => block!);
}

/** Anchors as code hosts make them of headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) => {
    const plain = title!.toLowerCase().replace(/[^\p{L}\p{N} -]/gu, '');
    return `#${plain.trim().replaceAll(' ', '-')}`;
  });
}
