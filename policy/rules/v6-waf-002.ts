import { parseCidr } from '../../core/cidr';
import { fail, PASS, type Rule, unknown } from '../rule';
import { Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-WAF-002',
  title: 'An IP set holds ranges of its own family',
  group: 'firewalls',
  kind: 'danger',
  severity: 'error',
  hop: 'firewall',
  types: ['aws_wafv2_ip_set'],
  why: 'Terraform plans any list. AWS WAF takes ranges of one family, with a prefix length, and no /0; otherwise it refuses the set when it is applied, and the rules that wait for it.',
  fix: 'Make one set per family; write a single address as /32 or /128, and everybody as two halves (`::/1` and `8000::/1`).',
  sources: [
    'https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateIPSet.html',
    'measured with AWS provider 5.100.0',
  ],
  good: set('IPV6', '2405:4800:77::/48'),
  bad: set('IPV6', '203.113.1.0/24'),
  unknown: set('IPV6', '${var.office}'),

  check(resource) {
    const version = resource.string('ip_address_version');
    if (version === undefined || !resource.has('addresses')) return undefined;
    const addresses = resource.list('addresses');
    const problems = addresses.flatMap((address) =>
      address instanceof Unknown ? problemOfBlock(address, version) : problemOf(String(address), version),
    );
    if (problems.length > 0) return fail(problems.join('; '));
    const hidden = version instanceof Unknown || addresses.some((one) => one instanceof Unknown && !familyOfBlock(one));
    return hidden ? unknown('what is in the set is only known after apply') : PASS;
  },
};

function problemOf(text: string, version: string | Unknown): string[] {
  const range = parseCidr(text);
  if (!range) return [`${text} is not a range`];
  if (range.prefix === 0) return [`${text} is everybody, which AWS WAF does not take`];
  if (version instanceof Unknown || range.family.toUpperCase() === version) return [];
  return [`${text} is not a range of ${version}, the set's family`];
}

/** The family of a VPC's or a subnet's block, which is known before the block is. */
function familyOfBlock({ text }: Unknown): 'IPV4' | 'IPV6' | undefined {
  const [, attribute] = /^\$\{aws_(?:vpc|subnet)\.[^{}()]+\.(cidr_block|ipv6_cidr_block)\}$/.exec(text ?? '') ?? [];
  if (attribute === undefined) return undefined;
  return attribute === 'cidr_block' ? 'IPV4' : 'IPV6';
}

function problemOfBlock(block: Unknown, version: string | Unknown): string[] {
  const family = familyOfBlock(block);
  if (!family || version instanceof Unknown || family === version) return [];
  return [`${String(block)} is not a range of ${version}, the set's family`];
}

function set(version: string, address: string) {
  return { aws_wafv2_ip_set: { office: { scope: 'REGIONAL', ip_address_version: version, addresses: [address] } } };
}
