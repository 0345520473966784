import * as z from 'zod';
import { isOriginAddress } from '../core/private-addresses';
import { awsId, ipv4Range } from './values';

/** The part of `schema.ts` about what serves a portal. */

export const containerHosting = z.strictObject({
  type: z.literal('container').describe('ECS Fargate behind a dual-stack load balancer.'),
  image: z
    .string()
    .regex(
      /^[a-z0-9][\w.:/@-]*$/i,
      'write an image such as 111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1.4.2',
    )
    .describe('Image with its tag or, better, its digest.'),
  port: z
    .int()
    .min(1)
    .max(65535)
    .default(8080)
    .describe('Port that the container listens on: over IPv4, or over IPv6 in IPv6-only subnets.'),
  cpu: z
    .literal([256, 512, 1024, 2048, 4096, 8192, 16384])
    .default(512)
    .describe('CPU units of a task; 1024 are one vCPU.'),
  memory: z.int().min(512).max(122880).default(1024).describe('Memory of a task in MiB; Fargate ties it to the CPU.'),
  tasks: z
    .strictObject({
      min: z.int().min(1).max(1000).default(2).describe('Fewest tasks.'),
      max: z.int().min(1).max(1000).default(10).describe('Most tasks.'),
    })
    .prefault({})
    .describe('How far the service scales.'),
  environment: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/, 'name variables with letters, digits and _'), z.string())
    .default({})
    .describe('Environment variables; nothing secret.'),
  secrets: z
    .record(
      z.string().regex(/^[A-Za-z_]\w*$/, 'name variables with letters, digits and _'),
      z
        .string()
        .regex(
          /^arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:\d{12}:secret:[^\s:]+-[A-Za-z0-9]{6}(:[^\s:]*){0,3}|ssm:[a-z0-9-]+:\d{12}:parameter\/\S+)$/,
          'write the whole ARN of a secret in Secrets Manager, with the six characters that AWS put at its end, or of a parameter in SSM; never the secret itself',
        ),
    )
    .default({})
    .describe('Environment variables that come from Secrets Manager or SSM, by ARN.'),
});

export const instancesHosting = z.strictObject({
  type: z.literal('instances').describe('Auto-scaling virtual machines behind a dual-stack load balancer.'),
  ami: z
    .string()
    .regex(
      /^(ami-[0-9a-f]{8,17}|ssm:\/[\w./-]+)$/,
      'write an image such as ami-0123456789abcdef0, or ssm: and the name of a parameter that holds one',
    )
    .describe(
      'Image of the machines: its id, or `ssm:` and a parameter, such as ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64.',
    ),
  instanceType: z
    .string()
    .regex(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, 'write an instance type such as t3.small')
    .default('t3.small')
    .describe('Type of the machines. It has to be on Nitro: no other has a primary IPv6 address.'),
  port: z.int().min(1).max(65535).default(80).describe('Port that the portal listens on, over IPv6.'),
  instances: z
    .strictObject({
      min: z.int().min(1).max(1000).default(2).describe('Fewest instances.'),
      max: z.int().min(1).max(1000).default(6).describe('Most instances.'),
    })
    .prefault({})
    .describe('How far the group scales.'),
  volume: z
    .strictObject({
      gib: z.int().min(8).max(16384).default(20).describe('Size of the root volume in GiB. It is encrypted.'),
      device: z
        .string()
        .regex(/^\/dev\/\w+$/, 'write a device such as /dev/xvda')
        .default('/dev/xvda')
        .describe('How the image names its root volume: /dev/xvda for Amazon Linux, /dev/sda1 for Ubuntu.'),
    })
    .prefault({})
    .describe('The root volume.'),
  userData: z
    .string()
    .regex(
      /^(?!(.*\/)?\.\.?(\/|$))[\w.-]+(\/[\w.-]+)*$/,
      'write a path below the folder of the agency file, such as user-data/portal.sh',
    )
    .optional()
    .describe(
      'File with what an instance runs when it first starts, a script or cloud-config of at most 16 KiB, named from the ' +
        "agency file's folder. Nothing secret. Default: the image starts the portal by itself.",
    ),
  ipv6Bootstrap: z
    .boolean()
    .default(false)
    .describe('Whether image and user data are known to start without IPv4, which IPv6-only subnets ask for.'),
});

const connection = z
  .union(
    [
      z.strictObject({
        transitGateway: awsId('tgw').describe('Transit gateway that leads to the data center.'),
        routes: z.array(ipv4Range).min(1).describe('IPv4 ranges of the data center.'),
      }),
      z.strictObject({
        vpnGateway: awsId('vgw').describe('Virtual private gateway that leads to the data center.'),
        routes: z.array(ipv4Range).min(1).describe('IPv4 ranges of the data center.'),
      }),
    ],
    { error: 'write { transitGateway: tgw-..., routes: [...] } or { vpnGateway: vgw-..., routes: [...] }' },
  )
  .describe('The way to the data center, IPv4. Left out where an existing network has it.');

export const gatewayHosting = z.strictObject({
  type: z.literal('gateway').describe('A dual-stack load balancer in front of a portal that stays in the data center.'),
  origin: z
    .strictObject({
      addresses: z
        .array(
          z.string().refine(isOriginAddress, {
            error: (issue) =>
              `a load balancer reaches private IPv4 addresses (RFC 1918, RFC 6598) alone, not ${String(issue.input)}; ` +
              'an origin with a public name needs the CDN form, which is not part of this version',
          }),
        )
        .min(1, 'name at least one address of the origin')
        .describe('Private IPv4 addresses of the origin (RFC 1918 or RFC 6598).'),
      port: z
        .int()
        .min(1)
        .max(65535)
        .optional()
        .describe('Port that the origin listens on. Default: 443, or 80 for http.'),
      protocol: z
        .enum(['https', 'http'])
        .default('https')
        .describe("How the load balancer speaks to it. It does not verify the origin's certificate."),
    })
    .describe('Where the portal is.'),
  connection: connection.optional(),
});

const LATER_HOSTING: Readonly<Record<string, string>> = {
  static: 'is not part of this version; use container with a web server image',
};

export const hosting = z
  .discriminatedUnion('type', [containerHosting, instancesHosting, gatewayHosting], {
    error: ({ input }) => {
      const type = (input as { type?: unknown } | null | undefined)?.type;
      const later = typeof type === 'string' && Object.hasOwn(LATER_HOSTING, type) ? LATER_HOSTING[type] : undefined;
      return later ? `\`${String(type)}\` ${later}` : 'write `type: container`, `type: instances` or `type: gateway`';
    },
  })
  .describe('What serves the portal.');
