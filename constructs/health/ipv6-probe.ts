import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { EgressOnlyInternetGateway } from '@cdktf/provider-aws/lib/egress-only-internet-gateway';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { AssetType, Fn, type ITerraformDependable, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import { formatCidr, parseCidr, subnetOf } from '../../core/cidr';
import { portalName, shortName } from '../../core/names';
import { partitionOf, zonesOf } from '../../core/regions';
import { assumeRolePolicy } from '../iam';
import { DefaultRoutes } from '../network/default-routes';
import { FlowLogs } from '../network/flow-logs';
import { RETENTION_DAYS } from '../retention';
import { probeZip } from './probe/asset';

/** Properties for `Ipv6Probe`. */
export interface Ipv6ProbeProps {
  /** What names begin with, and the value of the metric's dimension `Stack`. */
  readonly name: string;

  readonly region: string;

  /**
   * Key that encrypts logs at rest.
   *
   * @default - AWS's own key
   */
  readonly dataKeyArn?: string;
}

/** One portal for the probe to watch. */
export interface ProbedPortal {
  /** The portal's id: the value of the metric's dimension `Portal`. */
  readonly portal: string;

  /** Name that citizens type: the certificate must hold it. */
  readonly host: string;

  /**
   * Name whose AAAA is asked: the staged name, as long as it alone has one.
   *
   * @default - the host
   */
  readonly lookup?: string;

  /** Path to ask for. */
  readonly path: string;

  /** Status codes that mean well, e.g. `200-299`. */
  readonly codes: string;
}

/** Namespace of the probe's metrics, whose dimensions are `Stack` and `Portal`. */
export const PROBE_NAMESPACE = 'portal6';

/** Metric of the probe: 1 when every address of the portal answered over IPv6, else 0. */
export const AVAILABLE_METRIC = 'Ipv6Available';

/** Metric of the probe: how many of its requests were answered, one at each address that is up. */
export const REQUESTS_METRIC = 'Ipv6Requests';

/** Shared address space (RFC 6598): no agency's network can overlap it. */
const IPV4 = '100.64.0.0/26';

/**
 * A Lambda that asks each portal over IPv6 alone, once a minute, as a client on the Internet would.
 *
 * It has a VPC of its own: inside the portal's VPC the load balancer's addresses are local, and nothing of the way
 * from the Internet would be proven. Nothing but its log leaves by AWS's own network: the metric is in the log
 * (embedded metric format), so the VPC needs an egress-only gateway and no NAT.
 *
 * What it proves is AWS's IPv6 Internet, not a Vietnamese provider's.
 */
export class Ipv6Probe extends Construct {
  /** IPv6 block that the probe's requests come from. */
  public readonly ipv6Cidr: string;

  private readonly functionArn: string;
  private readonly schedulerRoleArn: string;
  private readonly stack: string;

  constructor(scope: Construct, id: string, { name, region, dataKeyArn }: Ipv6ProbeProps) {
    super(scope, id);
    this.stack = name;

    const { vpc, subnetIds, routes } = this.defineNetwork(name, region, dataKeyArn);
    const securityGroupId = this.defineSecurityGroup(name, vpc);
    const probe = this.defineFunction({ name, region, dataKeyArn, subnetIds, securityGroupId, routes });
    this.ipv6Cidr = vpc.ipv6CidrBlock;
    this.functionArn = probe.arn;
    this.schedulerRoleArn = this.defineSchedulerRole(probe);
  }

  /**
   * Watches a portal. The schedule is defined in `scope`, so that it belongs to the portal and no other portal's
   * resources change.
   */
  public watch(scope: Construct, id: string, portal: ProbedPortal): SchedulerSchedule {
    return new SchedulerSchedule(scope, id, {
      name: shortName(`${portalName(this.stack, portal.portal)}-ipv6-probe`, 64),
      scheduleExpression: 'rate(1 minute)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: this.functionArn,
        roleArn: this.schedulerRoleArn,
        input: JSON.stringify({ stack: this.stack, ...portal }),
        // A probe that comes late says nothing about its minute.
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
    });
  }

  private defineNetwork(
    name: string,
    region: string,
    dataKeyArn: string | undefined,
  ): { vpc: Vpc; subnetIds: string[]; routes: readonly ITerraformDependable[] } {
    const tags = { Name: `${name}-ipv6-probe` };
    const vpc = new Vpc(this, 'vpc', {
      cidrBlock: IPV4,
      assignGeneratedIpv6CidrBlock: true,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags,
    });
    new DefaultSecurityGroup(this, 'default-security-group', { vpcId: vpc.id, ingress: [], egress: [], tags });
    new FlowLogs(this, 'flow-logs', { vpc, logGroup: `/portal6/${name}/ipv6-probe/flow-logs`, dataKeyArn });

    const gateway = new EgressOnlyInternetGateway(this, 'egress-only-gateway', { vpcId: vpc.id, tags });
    const routeTable = new RouteTable(this, 'route-table', { vpcId: vpc.id, tags });
    const { routes } = new DefaultRoutes(this, 'default', { routeTable, ipv6: { egressOnlyGatewayId: gateway.id } });
    const subnetIds = zonesOf(region)
      .slice(0, 2)
      .map((zone, index) => {
        const subnet = new Subnet(this, `subnet-${zone}`, {
          vpcId: vpc.id,
          availabilityZone: `${region}${zone}`,
          cidrBlock: formatCidr(subnetOf(parseCidr(IPV4)!, 1, index)),
          ipv6CidrBlock: Fn.cidrsubnet(vpc.ipv6CidrBlock, 8, index),
          assignIpv6AddressOnCreation: true,
          tags: { Name: `${name}-ipv6-probe-${zone}` },
        });
        new RouteTableAssociation(this, `route-table-association-${zone}`, {
          subnetId: subnet.id,
          routeTableId: routeTable.id,
        });
        return subnet.id;
      });
    return { vpc, subnetIds, routes };
  }

  private defineSecurityGroup(name: string, vpc: Vpc): string {
    const group = new SecurityGroup(this, 'security-group', {
      vpcId: vpc.id,
      namePrefix: `portal6-${name}-ipv6-probe-`,
      description: 'The IPv6 probe: HTTPS out over IPv6, nothing else',
      tags: { Name: `${name}-ipv6-probe` },
      lifecycle: { createBeforeDestroy: true },
    });
    new VpcSecurityGroupEgressRule(this, 'https', {
      securityGroupId: group.id,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      cidrIpv6: '::/0',
      description: 'The portals, over IPv6 alone',
    });
    return group.id;
  }

  private defineFunction(props: {
    readonly name: string;
    readonly region: string;
    readonly dataKeyArn: string | undefined;
    readonly subnetIds: string[];
    readonly securityGroupId: string;
    readonly routes: readonly ITerraformDependable[];
  }): LambdaFunction {
    const functionName = shortName(`${props.name}-ipv6-probe`, 64);
    const zip = probeZip();
    const code = new TerraformAsset(this, 'code', { path: zip.path, type: AssetType.FILE, assetHash: zip.hash });
    const logGroup = new CloudwatchLogGroup(this, 'log-group', {
      name: `/aws/lambda/${functionName}`,
      retentionInDays: RETENTION_DAYS,
      kmsKeyId: props.dataKeyArn,
    });
    const role = new IamRole(this, 'role', {
      namePrefix: 'portal6-ipv6-probe-',
      assumeRolePolicy: assumeRolePolicy('lambda.amazonaws.com'),
    });
    const permissions = new IamRolePolicyAttachment(this, 'role-policy', {
      role: role.name,
      policyArn: `arn:${partitionOf(props.region)}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole`,
    });
    return new LambdaFunction(this, 'Resource', {
      functionName,
      description: 'Asks each portal over IPv6 alone',
      runtime: 'nodejs22.x',
      handler: 'index.handler',
      filename: code.path,
      sourceCodeHash: Fn.filebase64sha256(code.path),
      role: role.arn,
      memorySize: 128,
      timeout: 30,
      vpcConfig: {
        subnetIds: props.subnetIds,
        securityGroupIds: [props.securityGroupId],
        ipv6AllowedForDualStack: true,
      },
      loggingConfig: { logFormat: 'Text', logGroup: logGroup.name },
      dependsOn: [permissions, ...props.routes],
    });
  }

  private defineSchedulerRole(probe: LambdaFunction): string {
    const role = new IamRole(this, 'scheduler-role', {
      namePrefix: 'portal6-probe-schedule-',
      assumeRolePolicy: assumeRolePolicy('scheduler.amazonaws.com'),
    });
    new IamRolePolicy(this, 'scheduler-role-policy', {
      role: role.id,
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: probe.arn }],
      }),
    });
    return role.arn;
  }
}
