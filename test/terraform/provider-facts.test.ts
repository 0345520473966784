import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { knownTypes } from '../../review/provider-facts';
import { findToolchain, reasonToSkip } from './helpers/toolchain';

const ROOT = join(__dirname, '../..');

const reason = reasonToSkip(findToolchain(), '5.100');

/** Each for something: conditions, networks, what is replaced most, the other framework of the provider. */
const SAMPLE = [
  'aws_ecs_task_definition',
  'aws_lb',
  'aws_lb_target_group',
  'aws_route53_record',
  'aws_security_group',
  'aws_subnet',
  'aws_vpc',
  'aws_vpc_security_group_ingress_rule',
  'aws_wafv2_ip_set',
];

const TITLES = {
  facts: `the provider replaces what review/provider-facts.json says that it replaces: ${SAMPLE.join(', ')}`,
  cascade: 'Terraform plans another VPC range as the fixture has it, with all that is replaced in its wake',
};

if (reason) for (const title of Object.values(TITLES)) test.skip(`${title} (SKIPPED: ${reason})`, () => undefined);
else {
  test(TITLES.facts, async () => {
    expect(SAMPLE.filter((type) => !knownTypes().includes(type))).toEqual([]);
    await expect(script('measure-provider.mjs', '--check', ...SAMPLE)).resolves.toBe('');
  });

  // From dist/, as the script says.
  test(TITLES.cascade, async () => {
    await expect(script('make-plan-fixtures.mjs', '--check', 'cidr-change')).resolves.toContain('cidr-change');
  });
}

/** What a script prints; it rejects with all that the script says when that fails. */
async function script(name: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(ROOT, 'scripts', name), ...args], { cwd: ROOT });
  return stdout;
}
