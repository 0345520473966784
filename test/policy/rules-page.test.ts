import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '../../policy/rule';
import { RULES } from '../../policy/rules';
import { EXPLAINED_RULES, examplesOf, rulesPage } from '../../policy/rules-page';

const page = rulesPage();

test('docs/rules.md is up to date: else run npm run reference', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'rules.md'), 'utf8')).toBe(page);
});

test('has every rule, those about waivers too, by group', () => {
  const headings = [...page.matchAll(/^### (.*)$/gm)].map(([, id]) => id);

  expect(headings).toEqual(EXPLAINED_RULES.map(({ id }) => id));
  expect(headings).toEqual(expect.arrayContaining(RULES.map(({ id }) => id)));
  expect(headings).toContain('V6-WVR-001');
});

test('every link within the page leads somewhere', () => {
  const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!.toLowerCase().replaceAll(' ', '-'));
  const targets = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor!);

  expect(targets.length).toBeGreaterThan(RULES.length);
  for (const target of targets) expect(anchors).toContain(target);
});

test('every code block that opens is closed', () => {
  const fences = page.split('\n').filter((line) => line.startsWith('```'));

  expect(fences.filter((_, index) => index % 2 === 0).every((line) => /^```(hcl|diff|yaml)$/.test(line))).toBe(true);
  expect(fences.filter((_, index) => index % 2 === 1).every((line) => line === '```')).toBe(true);
});

test('the good example leaves out what is as in the bad one', () => {
  const vpc = { main: { cidr_block: '10.0.0.0/16' } };
  const [bad, good] = examplesOf({
    bad: { aws_vpc: vpc, aws_eip: { x: {} }, aws_subnet: { a: { vpc_id: '${aws_vpc.main.id}' } } },
    good: { aws_vpc: vpc, aws_subnet: { a: { vpc_id: '${aws_vpc.main.id}', ipv6_native: true } } },
  });

  expect(bad!.text).toContain('resource "aws_vpc" "main"');
  expect(good).toEqual({
    language: 'hcl',
    text: `resource "aws_subnet" "a" {
  vpc_id      = aws_vpc.main.id
  ipv6_native = true
}

# Without aws_eip.x.
# All else as above.`,
  });
});

test('an example that is a plan is shown by what changes', () => {
  const plan = (after: object | null, actions: readonly string[], more: object = {}) => ({
    plan: {
      resource_changes: [
        {
          address: 'aws_vpc.main',
          type: 'aws_vpc',
          change: {
            actions,
            before: { cidr_block: '10.0.0.0/16', ipv6: true },
            after,
            after_unknown: { id: true },
            ...more,
          },
        },
      ],
    },
  });
  const rule: Pick<Rule, 'good' | 'bad'> = {
    bad: plan({ cidr_block: '10.0.0.0/16', ipv6: false }, ['delete', 'create'], { replace_paths: [['ipv6']] }),
    good: plan({ cidr_block: '10.0.0.0/16', ipv6: true }, ['update']),
  };

  expect(examplesOf(rule)).toEqual([
    {
      language: 'diff',
      text: '# aws_vpc.main: delete, then create, because of ipv6\n  cidr_block = "10.0.0.0/16"\n- ipv6 = true\n+ ipv6 = false\n+ id = (known after apply)',
    },
    {
      language: 'diff',
      text: '# aws_vpc.main: update\n  cidr_block = "10.0.0.0/16"\n  ipv6 = true\n+ id = (known after apply)',
    },
  ]);
});
