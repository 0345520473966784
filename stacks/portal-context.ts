import type { Agency, Portal } from '../config/schema';
import type { AccessLogBucket } from '../constructs/edge/access-log-bucket';
import type { DistributionLogBucket } from '../constructs/edge/distribution-log-bucket';
import type { Ipv6Probe } from '../constructs/health/ipv6-probe';
import type { Network } from '../constructs/network/network';
import type { Files } from './app';
import type { DataKeys } from './data-keys';
import type { Providers } from './providers';

/** What the parts of a portal need to know beside its entry in the file. */
export interface PortalContext {
  /** Id of the stack. */
  readonly stack: string;

  /** Key of the portal in the agency file. */
  readonly id: string;

  /** What names of the portal's resources begin with. */
  readonly name: string;

  readonly agency: Agency;

  /** The entry, with its texts written so that Terraform takes them as they stand. */
  readonly portal: Portal;

  /** Texts that the portal's entry names by their files. */
  readonly files: Files;

  /** Tags for what AWS makes without Terraform, such as instances. */
  readonly tags: Readonly<Record<string, string>>;

  readonly providers: Providers;

  /** Keys for what rests: logs, topics, sites. */
  readonly dataKeys: DataKeys;

  readonly region: string;
  readonly account: string;

  /** Absent where nothing in the environment needs a VPC. */
  readonly network: Network | undefined;

  /** Absent while no portal of the stack publishes an AAAA. */
  readonly probe: Ipv6Probe | undefined;

  /** Absent while no portal of the stack has a load balancer. */
  readonly accessLogs: AccessLogBucket | undefined;

  /** Absent while CloudFront answers for no portal of the stack. */
  readonly distributionLogs: DistributionLogBucket | undefined;

  /** Refuse to delete the load balancer. */
  readonly protected: boolean;
}

/** The same for a portal behind a load balancer. */
export type VpcContext = PortalContext & { readonly network: Network };
