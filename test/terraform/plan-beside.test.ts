import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readRegistry } from '../../config/registry';
import { formatProblem } from '../../config/problem';
import type { RegistryFile } from '../../config/registry-schema';
import type { StateStackPlan } from '../../config/state-buckets';
import type { Selection } from '../../stacks/app';
import { configFolder } from '../helpers/config-folder';
import { expectFaithfulPlan } from './helpers/faithful-plan';
import { findToolchain, reasonToSkip } from './helpers/toolchain';

/** A stack without portals. */
interface Subject {
  readonly title: string;
  /** Oldest provider that it works with. */
  readonly minimum: string;
  selection(): Selection;
}

const toolchain = findToolchain();

const EXAMPLE = readFileSync(join(__dirname, '../../config/reference/registry.yaml'), 'utf8');

describe('the real provider plans exactly what was synthesized, without a warning', () => {
  for (const { title, minimum, selection } of [...registries(), ...states()]) {
    const reason = reasonToSkip(toolchain, minimum);
    if (reason) test.skip(`${title} (SKIPPED: ${reason})`, () => undefined);
    else {
      test.concurrent(title, async () => {
        if ('missing' in toolchain) throw new Error(toolchain.missing);
        await expectFaithfulPlan(selection(), minimum, toolchain);
      });
    }
  }
});

function registries(): Subject[] {
  const example = parse(EXAMPLE) as { ipv6: { byoip: object }; pools: Record<string, { ipv6?: object }> };
  return [
    registry('a registry with a range of its own', example),
    registry('a registry whose range waits for somebody to provision it', {
      ...example,
      ipv6: { byoip: { ...example.ipv6.byoip, advertise: false, provisioned: false } },
      pools: { provinces: { ...example.pools.provinces, ipv6: { cidr: '2001:db8:4000::/36' } } },
      state: { bucket: 'registry-tfstate' },
    }),
    registry('a registry with blocks of Amazon in two regions', {
      ...example,
      operatingRegions: ['ap-southeast-1', 'ap-northeast-1'],
      ipv6: 'amazon',
      pools: {
        tokyo: { region: 'ap-northeast-1', ipv6: { size: 53 }, shareWith: ['111122223333'], outsideOrganization: true },
        south: { ipv6: { size: 53, netmask: { default: 56, min: 56 } } },
        north: {
          ipv4: { cidr: '10.0.0.0/9' },
          ipv6: { size: 54 },
          tags: { 'nhóm đơn vị': 'miền Bắc', 'managed-by': 'portal6' },
        },
      },
    }),
    registry('a registry of the free tier', {
      account: '999900001111',
      region: 'ap-southeast-1',
      tier: 'free',
      ipv6: 'amazon',
      pools: { all: { ipv6: { size: 52 } } },
    }),
    registry('a registry that asks for provider 6.25', { ...example, provider: { minimum: '6.25' } }, '6.25'),
  ];
}

/** The stack of a registry's file, read as if a person had written it. */
function registry(title: string, file: object, minimum: RegistryFile['provider']['minimum'] = '5.100'): Subject {
  return {
    title,
    minimum,
    selection: () => {
      // JSON is YAML.
      const read = readRegistry(configFolder({ 'registry.yaml': JSON.stringify(file) }))!;
      const errors = read.problems.filter(({ severity }) => severity === 'error');
      if (errors.length > 0) throw new Error(errors.map(formatProblem).join('\n'));
      return { registry: read.registry!.config };
    },
  };
}

function states(): Subject[] {
  const plan: StateStackPlan = {
    id: 'hue-state',
    holder: 'hue',
    account: '111122223333',
    region: 'ap-southeast-1',
    provider: { minimum: '5.100' },
    buckets: [{ name: 'hue-tfstate', region: 'ap-southeast-1', guests: [] }],
  };
  const guests = [
    { stack: 'langson-production', account: '444455556666' },
    { stack: 'langson-staging', account: '444455556666' },
    { stack: 'bkhcn-production', account: '777788889999' },
  ];
  const shared = [
    { name: 'hue-tfstate', region: 'ap-southeast-1', guests },
    { name: 'hue.tokyo-tfstate', region: 'ap-northeast-1', guests: [] },
  ];
  return [
    { title: 'a bucket for states', minimum: '5.100', selection: () => ({ state: plan }) },
    {
      title: 'two buckets in two regions, shared with other accounts',
      minimum: '5.100',
      selection: () => ({ state: { ...plan, buckets: shared } }),
    },
    {
      title: 'a bucket for states that asks for provider 6.25',
      minimum: '6.25',
      selection: () => ({ state: { ...plan, provider: { minimum: '6.25' } } }),
    },
  ];
}
