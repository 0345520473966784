/** Letter of an availability zone, as in `ap-southeast-1a`. The address plan has room for these four. */
export type Zone = 'a' | 'b' | 'c' | 'd';

/**
 * The zone letters of each region that new accounts see.
 *
 * Written down because a lookup would need credentials, and a first plan must not
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html).
 */
const ZONES: Readonly<Record<string, string>> = {
  'ap-east-1': 'abc',
  'ap-northeast-1': 'acd',
  'ap-northeast-2': 'abcd',
  'ap-northeast-3': 'abc',
  'ap-south-1': 'abc',
  'ap-south-2': 'abc',
  'ap-southeast-1': 'abc',
  'ap-southeast-2': 'abc',
  'ap-southeast-3': 'abc',
  'ap-southeast-4': 'abc',
  'ap-southeast-5': 'abc',
  'ap-southeast-7': 'abc',
  'ca-central-1': 'abd',
  'eu-central-1': 'abc',
  'eu-central-2': 'abc',
  'eu-north-1': 'abc',
  'eu-south-1': 'abc',
  'eu-west-1': 'abc',
  'eu-west-2': 'abc',
  'eu-west-3': 'abc',
  'sa-east-1': 'abc',
  'us-east-1': 'abcd',
  'us-east-2': 'abc',
  'us-west-2': 'abcd',
};

/** The regions portal6 knows, in alphabetical order. */
export const REGIONS: readonly string[] = Object.keys(ZONES);

/** Where AWS keeps what belongs to no region: certificates, web ACLs and metrics of CloudFront, keys of DNSSEC. */
export const GLOBAL_REGION = 'us-east-1';

/** The zone letters of a region, in the order they are filled; empty for an unknown region. */
export function zonesOf(region: string): readonly Zone[] {
  return [...(Object.hasOwn(ZONES, region) ? ZONES[region]! : '')] as Zone[];
}

/** Those of the regions above that an account has to opt in to. */
const OPT_IN = new Set([
  'ap-east-1',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-7',
  'eu-central-2',
  'eu-south-1',
]);

/**
 * Whether CloudFront delivers standard logs to buckets of a region
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html).
 */
export function logsDistributions(region: string): boolean {
  return !OPT_IN.has(region);
}

/** Those of the regions above that Global Accelerator leads to none of. */
const WITHOUT_ACCELERATORS = new Set(['ap-southeast-7']);

/**
 * Whether a Global Accelerator takes load balancers of a region
 * (https://docs.aws.amazon.com/global-accelerator/latest/dg/preserve-client-ip-address.regions.html).
 */
export function takesAccelerators(region: string): boolean {
  return !WITHOUT_ACCELERATORS.has(region);
}

/** `aws` for every region above; the other partitions by their prefix. */
export function partitionOf(region: string): 'aws' | 'aws-cn' | 'aws-us-gov' {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
