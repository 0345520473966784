import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { AccessLogBucket } from '../../constructs/edge/access-log-bucket';
import { DualStackLoadBalancer } from '../../constructs/edge/dual-stack-load-balancer';
import type { Network } from '../../constructs/network/network';

export type Attributes = Readonly<Record<string, unknown>>;

/** One resource, as Terraform would read it. */
export interface SynthesizedResource {
  /** `type.name`, as references have it. */
  readonly address: string;
  readonly type: string;
  /** Path of the construct below the stack, e.g. `Vpc/public/a/Resource`. */
  readonly path: string;
  readonly attributes: Attributes;
}

/** The resources of a stack as plain data. */
export class Synthesized {
  constructor(public readonly resources: readonly SynthesizedResource[]) {}

  /** The attributes of every resource of a type. */
  public ofType(type: string): Attributes[] {
    return this.resources.filter((resource) => resource.type === type).map(({ attributes }) => attributes);
  }

  /** The attributes of the one resource of a type. */
  public only(type: string): Attributes {
    const [attributes, ...others] = this.ofType(type);
    if (!attributes || others.length > 0)
      throw new Error(`${others.length + (attributes ? 1 : 0)} resources of ${type}`);
    return attributes;
  }

  /** The attributes of the resource that the construct at a path defined. */
  public at(path: string): Attributes {
    return this.resourceAt(path).attributes;
  }

  /** The paths of the resources of a type, in alphabetical order. */
  public pathsOf(type: string): string[] {
    return this.resources
      .filter((resource) => resource.type === type)
      .map(({ path }) => path)
      .sort();
  }

  /** A reference to the resource at a path, as it stands in another's attributes. */
  public ref(path: string, attribute = 'id'): string {
    return `\${${this.resourceAt(path).address}.${attribute}}`;
  }

  /** The address of the resource at a path, as it stands in `depends_on`. */
  public addressOf(path: string): string {
    return this.resourceAt(path).address;
  }

  private resourceAt(path: string): SynthesizedResource {
    const found = this.resources.find((resource) => resource.path === path);
    if (!found)
      throw new Error(`no resource at ${path}; there are\n${this.resources.map((one) => one.path).join('\n')}`);
    return found;
  }
}

/** Defines constructs in a stack called `test` with an AWS provider, validates it, and reads its JSON. */
export function synth(define: (stack: TerraformStack) => unknown): Synthesized {
  const stack = new TerraformStack(new App({ outdir: temporaryFolder(), stackTraces: false }), 'test');
  new AwsProvider(stack, 'aws', { region: REGION });
  define(stack);
  stack.prepareStack();
  stack.runAllValidations();
  return new Synthesized(resourcesOf(stack.toTerraform()));
}

/** The resources in the JSON of a stack. */
export function resourcesOf(json: { readonly resource?: unknown }): SynthesizedResource[] {
  const types = (json.resource ?? {}) as Record<string, Record<string, Attributes>>;
  return Object.entries(types).flatMap(([type, named]) =>
    Object.entries(named).map(([name, { '//': comment, ...attributes }]) => {
      const { metadata } = comment as { metadata: { path: string } };
      return { address: `${type}.${name}`, type, path: metadata.path.replace(/^[^/]*\//, ''), attributes };
    }),
  );
}

export const REGION = 'ap-southeast-1';

/** What portals need to know of a network, without one. */
export function aNetwork(props: Partial<Network> = {}): Network {
  return {
    vpcId: 'vpc-1',
    ipv4Cidr: '10.0.0.0/20',
    ipv6Cidr: '2001:db8:0:1100::/56',
    publicSubnetIds: ['subnet-public-a', 'subnet-public-b'],
    publicSubnets: [
      { id: 'subnet-public-a', zone: 'a', ipv6Cidr: '2001:db8:0:1100::/64' },
      { id: 'subnet-public-b', zone: 'b', ipv6Cidr: '2001:db8:0:1101::/64' },
    ],
    appSubnetIds: ['subnet-app-a', 'subnet-app-b'],
    appSubnets: 'dual-stack',
    routes: [],
    ...props,
  };
}

/** A load balancer at `edge`, for constructs that stand behind one. */
export function anEdge(scope: Construct, network: Network = aNetwork()): DualStackLoadBalancer {
  return new DualStackLoadBalancer(scope, 'edge', {
    name: 'hue-production-portal',
    network,
    certificateArn: 'arn:aws:acm:ap-southeast-1:111122223333:certificate/1',
    accessLogs: new AccessLogBucket(scope, 'access-logs', { name: 'hue-production', account: '111122223333' }),
    accessLogPrefix: 'portal',
  });
}

let folder: string | undefined;

/** An app makes its output folder as soon as it is there, even when nobody writes into it. */
function temporaryFolder(): string {
  return (folder ??= mkdtempSync(join(tmpdir(), 'portal6-synth-')));
}

afterAll(() => {
  if (folder) rmSync(folder, { recursive: true });
});
