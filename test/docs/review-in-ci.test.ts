import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { LABELS } from '../../review/post/labels';

const ROOT = join(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/review-in-ci.md'), 'utf8');
const blocks = [...page.matchAll(/```yaml\n([\s\S]+?)```/g)].map(([, text]) => parse(text!) as object);

test('names every label, input, output and hook that there is', () => {
  const { inputs, outputs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Record<string, object>;
  const [hook] = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as [{ readonly id: string }];
  const names = [...Object.values(LABELS).map(({ name }) => name), ...Object.keys(inputs!), ...Object.keys(outputs!)];

  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  expect(blocks[1]).toMatchObject({ repos: [{ hooks: [{ id: hook.id }] }] });
});

test('leads to files that are there', () => {
  const links = [...page.matchAll(/\]\((\.\.\/[^)]+)\)/g)].map(([, link]) => link!);

  expect(links.length).toBeGreaterThan(2);
  expect(links.filter((link) => !existsSync(join(ROOT, 'docs', link)))).toEqual([]);
});

interface GitlabJob {
  readonly script: readonly string[];
  readonly needs?: readonly string[];
  readonly environment?: { readonly name: string };
}

test('the jobs for GitLab are shell, and the one that runs the merge request has no environment to get the token by', () => {
  const { 'portal6-review': review, 'portal6-post': post } = blocks[0] as Record<string, GitlabJob>;

  for (const { script } of [review!, post!]) {
    expect(spawnSync('bash', ['-n'], { input: script.join('\n'), encoding: 'utf8' }).stderr).toBe('');
  }
  expect(review!.environment).toBeUndefined();
  expect(page).toContain(`environment scope \`${post!.environment!.name}\``);
  expect(post!.needs).toEqual(['portal6-review']);
});
