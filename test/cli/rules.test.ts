import { RULES } from '../../policy/rules';
import { portal6 } from '../helpers/cli';

test('lists every rule by group', async () => {
  const { code, out } = await portal6(['rules']);
  const rows = out.split('\n').filter((line) => / V6-/.test(line));

  expect(code).toBe(0);
  expect(out).toMatch(/^GROUP +ID +SEVERITY +HOP +TITLE\n/);
  expect(rows.length).toBeGreaterThan(RULES.length);
  expect(rows).toContainEqual(expect.stringMatching(/^addressing +V6-VPC-001 +error +route +A VPC has an IPv6 block$/));
  expect(rows.at(-1)).toMatch(/^governance +V6-WVR-003 /);
});

test.each(['V6-VPC-001', 'v6-vpc-001'])('explains %s with examples a person could have written', async (id) => {
  const { code, out } = await portal6(['rules', id]);

  expect(code).toBe(0);
  expect(out).toMatch(/^V6-VPC-001 {2}A VPC has an IPv6 block\naddressing, presence, error, hop: route\n/);
  expect(out).toContain('\nFix  Set `assign_generated_ipv6_cidr_block = true`');
  expect(out).toContain('\nDoes not pass\n  resource "aws_vpc" "main" {\n    cidr_block = "10.0.0.0/16"\n  }\n');
  expect(out).toContain('\nSources\n  https://docs.aws.amazon.com/');
});

test('explains a rule about waivers, which has no examples', async () => {
  const { code, out } = await portal6(['rules', 'V6-WVR-001']);

  expect(code).toBe(0);
  expect(out).toContain('Waivers have not expired');
  expect(out).not.toContain('Does not pass');
});

test('gives rules as JSON, with the examples as Terraform reads them', async () => {
  const one = JSON.parse((await portal6(['rules', 'V6-VPC-001', '--format', 'json'])).out) as { rules: object[] };
  const all = JSON.parse((await portal6(['rules', '--format', 'json'])).out) as { rules: object[] };

  expect(one).toMatchObject({
    version: 1,
    rules: [{ id: 'V6-VPC-001', severity: 'error', bad: { aws_vpc: { main: { cidr_block: '10.0.0.0/16' } } } }],
  });
  expect(all.rules.length).toBeGreaterThan(RULES.length);
});

test('fails for an id that is no rule, and says which was meant', async () => {
  const { code, out, err } = await portal6(['rules', 'V6-VPC-01']);

  expect([code, out]).toEqual([2, '']);
  expect(err).toBe('no rule `V6-VPC-01`; did you mean `V6-VPC-001`?\n');
});
