import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agreementOf, synthTwin } from '../../cli/synth-twin';
import { Resource, ResourceGraph } from '../../policy/resource-graph';
import { readStackJson } from '../../policy/sources/stack-json';
import { stackJson } from '../../stacks/synthesize';
import { agencyFile, CONTAINER, type StackJson } from '../helpers/agency';

let out: string;
let production: StackJson;

beforeAll(() => {
  const { environments, ...rest } = agencyFile();
  const staging = agencyFile({
    network: { ipv4: '10.47.0.0/20' },
    portals: { portal: { ...CONTAINER, domain: 'thu.hue.gov.vn' } },
  });
  const both = { ...rest, environments: { ...environments, staging: staging.environments.production! } };
  production = stackJson({ config: both, environments: ['production'] }) as StackJson;
  out = mkdtempSync(join(tmpdir(), 'portal6-twin-'));
  for (const [id, json] of Object.entries({
    'hue-production': production,
    'hue-staging': stackJson({ config: both, environments: ['staging'] }),
  })) {
    mkdirSync(join(out, 'stacks', id), { recursive: true });
    writeFileSync(join(out, 'stacks', id, 'cdk.tf.json'), JSON.stringify(json));
  }
});

afterAll(() => rmSync(out, { recursive: true }));

test('tells the stack of a plan by its values, since all stacks have the same addresses', () => {
  const plan = planOf(production);
  const twin = synthTwin(plan, 'plan.json', out);
  const vpc = plan.ofType('aws_vpc').find(({ address }) => address.startsWith('aws_vpc.network'))!;

  expect(twin?.stack).toBe('hue-production');
  expect(twin?.constructOf(vpc)).toBe('hue-production/network/Resource');
  expect(twin?.constructOf(new Resource({ ...vpc, address: 'aws_vpc.other' }))).toBeUndefined();
});

test('takes the stack that the file is named after', () => {
  expect(synthTwin(planOf(production), 'plans/hue-staging.json', out)?.stack).toBe('hue-staging');
  expect(synthTwin(planOf(production), 'plans/a-hue-staging-b.json', out)?.stack).toBe('hue-production');
});

test('finds none where the plan is of something else, or there are no stacks', () => {
  const other = new ResourceGraph([new Resource({ address: 'aws_vpc.main', type: 'aws_vpc', attributes: {} })]);

  expect(synthTwin(other, 'plan.json', out)).toBeUndefined();
  expect(synthTwin(other, 'hue-production.json', out)).toBeUndefined();
  expect(synthTwin(planOf(production), 'plan.json', join(out, 'nowhere'))).toBeUndefined();
});

test('finds none where two stacks are as like', () => {
  const addresses = planOf(production).resources.map(
    ({ address, type }) => new Resource({ address, type, attributes: {} }),
  );

  expect(synthTwin(new ResourceGraph(addresses), 'plan.json', out)).toBeUndefined();
});

/** What a plan shows of a stack: values, and nothing of the constructs. */
function planOf({ resource }: StackJson): ResourceGraph {
  return new ResourceGraph(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, { '//': _, ...attributes }]) => {
        const known = Object.entries(attributes).filter(([, value]) => !JSON.stringify(value).includes('${'));
        return new Resource({ address: `${type}.${name}`, type, attributes: Object.fromEntries(known) });
      }),
    ),
  );
}

describe('agreement of a plan with a stack', () => {
  test('is whole for its own, whatever the order in its policies, and names what differs', () => {
    const stack = readStackJson(production);
    const [whole, other] = [
      planOf(production),
      readStackJson(stackJson({ config: agencyFile({ network: { ipv4: '10.99.0.0/20' } }) })),
    ];

    expect(agreementOf(whole, stack)).toEqual({ share: 1, differing: [] });
    expect(agreementOf(whole, other).differing).not.toEqual([]);
  });

  test('is none where they have nothing in common', () => {
    expect(agreementOf(new ResourceGraph([]), new ResourceGraph([])).share).toBe(0);
  });
});
