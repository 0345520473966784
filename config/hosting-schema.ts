import * as z from 'zod';
import { parseAddress } from '../core/cidr';
import { isOriginAddress, isPublicIpv4 } from '../core/private-addresses';
import { awsId, hostName, ipv4Range } from './values';

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

const vpn = z
  .strictObject({
    address: z
      .string()
      .refine(isPublicIpv4, {
        error: (issue) =>
          `write the public IPv4 address of the data center's VPN device, such as 203.0.113.9, not ${String(issue.input)}`,
      })
      .describe("Public IPv4 address of the data center's VPN device."),
    asn: z
      .int()
      .min(1)
      .max(2147483647)
      .default(65000)
      .describe("Number of the data center's autonomous system. AWS asks for one though the routes are static."),
  })
  .describe('A VPN to the data center that is made here: two tunnels, IPv4 inside.');

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
      z.strictObject({
        vpn,
        routes: z.array(ipv4Range).min(1).describe('IPv4 ranges of the data center.'),
      }),
    ],
    {
      error:
        'write { transitGateway: tgw-..., routes: [...] }, { vpnGateway: vgw-..., routes: [...] } ' +
        'or { vpn: { address: 203.0.113.9 }, routes: [...] }',
    },
  )
  .describe('The way to the data center, IPv4. Left out where an existing network has it.');

const addressOrigin = z.strictObject({
  addresses: z
    .array(
      z.string().refine(isOriginAddress, {
        error: (issue) =>
          `a load balancer reaches private IPv4 addresses (RFC 1918, RFC 6598) alone, not ${String(issue.input)}; ` +
          'for an origin with a public name write `host` instead, and CloudFront reaches it',
      }),
    )
    .min(1, 'name at least one address of the origin')
    .describe('Private IPv4 addresses of the origin (RFC 1918 or RFC 6598): behind a load balancer.'),
  port: z.int().min(1).max(65535).optional().describe('Port that the origin listens on. Default: 443, or 80 for http.'),
  protocol: z
    .enum(['https', 'http'])
    .default('https')
    .describe("How the load balancer speaks to it. It does not verify the origin's certificate."),
});

/** What AWS takes for a custom origin (https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CustomOriginConfig.html). */
function isOriginPort(port: number): boolean {
  return port === 443 || (port >= 1024 && port <= 65535);
}

const hostOrigin = z.strictObject({
  host: z
    .string()
    .refine((text) => !parseAddress(text), {
      error: (issue) =>
        `CloudFront reaches origins by a name, not ${String(issue.input)}; private addresses belong in \`addresses\``,
      abort: true,
    })
    .pipe(hostName)
    .describe(
      'Public name of the origin: behind CloudFront, which reaches it by HTTPS alone and verifies its certificate.',
    ),
  port: z
    .int()
    .min(443)
    .max(65535)
    .refine(isOriginPort, 'use 443, or a port from 1024 to 65535: CloudFront reaches origins at no others by HTTPS')
    .default(443)
    .describe('Port that the origin listens on: 443, or 1024 to 65535.'),
  family: z
    .enum(['ipv4', 'dual-stack', 'ipv6'])
    .default('ipv4')
    .describe('How CloudFront reaches the origin. Other than ipv4 needs `provider: { minimum: "6.25" }`.'),
  cache: z
    .array(
      z.strictObject({
        path: z
          .string()
          .regex(
            /^\/[\w.*$/~"'@:+?&-]{0,254}$/,
            'begin the path with /, such as /static/*, with letters, digits and _-.*$/~"\'@:+?& alone, at most 255 characters',
          )
          .describe('Paths, such as /static/*: `*` stands for any characters, `?` for one.'),
        seconds: z
          .int()
          .min(1)
          .max(31536000)
          .describe('How long at most they are kept at the edge. The origin may say less, by Cache-Control.'),
      }),
    )
    .max(24, 'name at most 24 paths: a distribution takes 25 behaviors, one of them for all other paths')
    .default([])
    .describe('What CloudFront may keep, the first that fits. It is asked for without cookies. Default: nothing.'),
});

const origin = z
  .union([addressOrigin, hostOrigin], {
    error:
      'write { addresses: [10.1.2.3] } for private addresses behind a load balancer, ' +
      'or { host: portal-goc.hue.gov.vn } for a public name behind CloudFront',
  })
  .describe('Where the portal is: private addresses behind a load balancer, or a public name behind CloudFront.');

export const gatewayHosting = z.strictObject({
  type: z.literal('gateway').describe('A dual-stack front for a portal that stays where it is.'),
  origin,
  connection: connection.optional(),
});

/** A file in the bucket of a static portal. */
function fileName(hint: string): z.ZodString {
  return z
    .string()
    .max(200)
    .regex(/^(?!(.*\/)?\.\.?(\/|$))[\w.-]+(\/[\w.-]+)*$/, `write the name of a file, such as ${hint}`);
}

export const staticHosting = z.strictObject({
  type: z.literal('static').describe('Files in a private S3 bucket, behind CloudFront.'),
  index: fileName('index.html')
    .regex(/^[^/]+$/, 'write the name of a file without its folder, such as index.html')
    .default('index.html')
    .describe('File that answers for a folder.'),
  notFound: fileName('404.html')
    .optional()
    .describe('File that answers for what is not there, with status 404. Default: what S3 says.'),
  singlePage: z
    .boolean()
    .default(false)
    .describe('Whether unknown paths get the index with status 200: the script in it knows them.'),
});

export const hosting = z
  .discriminatedUnion('type', [containerHosting, instancesHosting, gatewayHosting, staticHosting], {
    error: 'write `type: container`, `type: instances`, `type: static` or `type: gateway`',
  })
  .describe('What serves the portal.');
