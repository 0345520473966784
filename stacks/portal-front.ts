import type { ValidatedCertificate } from '../constructs/dns/validated-certificate';
import type { Front } from '../constructs/edge/front';
import type { Metric } from '../constructs/health/metric';
import type { Watched } from '../constructs/health/portal-dashboard';

/** What stands between citizens and the portal, whichever of the edges it is. */
export interface PortalFront {
  /** What names lead to. */
  readonly edge: Front;

  readonly certificate: ValidatedCertificate;

  /** What there is to watch of it. */
  readonly watched: Watched;

  /** CPU of what the portal runs on; absent where that is elsewhere. */
  readonly cpu?: Metric;

  /** What the steps after apply need to know of it. */
  readonly outputs: Readonly<Record<string, unknown>>;
}
