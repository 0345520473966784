import { error, type Finding, type Path, warning } from '../finding';
import type { Environment, InstancesHosting } from '../schema';

/** What the entry of virtual machines has to keep by itself. */
export function checkInstances({ ami, instances, instanceType }: InstancesHosting, path: Path): Finding[] {
  const findings: Finding[] = [];
  if (instances.min > instances.max) {
    findings.push(error([...path, 'instances', 'min'], `is ${instances.min}, more than max, ${instances.max}`));
  }
  const family = instanceType.split('.')[0]!;
  if (family.startsWith('mac')) {
    findings.push(
      error([...path, 'instanceType'], `${family} runs on dedicated hosts alone; use a type such as t3.small`),
    );
  }
  const [, architecture] = /(arm64|x86_64|amd64)/.exec(ami.startsWith('ssm:') ? ami : '') ?? [];
  if (architecture !== undefined && (architecture === 'arm64') !== GRAVITON.test(family)) {
    const message = `is an image for ${architecture}, on which ${instanceType} does not run; ${
      architecture === 'arm64' ? 'use a Graviton type such as t4g.small' : 'use a type such as t3.small'
    }, or the other image`;
    findings.push(error([...path, 'ami'], message));
  }
  if (BEFORE_NITRO.has(family)) {
    const message =
      `${family} is not on Nitro, so it has no primary IPv6 address to be registered by, and no metadata over IPv6; ` +
      'use a newer family such as t3 or m6i';
    findings.push(error([...path, 'instanceType'], message));
  }
  return findings;
}

/** What the entry of virtual machines has to keep where they run. */
export function checkInstancesIn({ ipv6Bootstrap }: InstancesHosting, { network }: Environment, path: Path): Finding[] {
  if (!network || 'existing' in network || network.appSubnets !== 'ipv6-only' || ipv6Bootstrap) return [];
  const message =
    'starts without IPv4 in IPv6-only subnets: many images and scripts reach their packages, time and metadata over IPv4 alone; ' +
    'try it, then say `ipv6Bootstrap: true`';
  return [warning([...path, 'ami'], message)];
}

/** Families of ARM processors have a g behind their generation: t4g, m7gd, im4gn. The first was a1. */
const GRAVITON = /^(a1|[a-z]+\d+g[a-z]*(-.*)?)$/;

/** Instance families on Xen (https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html). */
const BEFORE_NITRO: ReadonlySet<string> = new Set(
  'c1 c3 c4 cc2 cg1 cr1 d2 f1 g2 g3 g3s h1 hi1 hs1 i2 i3 m1 m2 m3 m4 p2 p3 r3 r4 t1 t2 x1 x1e'.split(' '),
);
