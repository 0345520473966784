import type { Family } from '../../core/cidr';
import type { Metric } from '../health/metric';

/** What a portal runs on behind its load balancer, as CloudWatch knows it. */
export interface Targets {
  /** Value of the dimension `TargetGroup`: the end of the target group's ARN. */
  readonly metricName: string;

  /** Over which family the load balancer reaches and checks it. */
  readonly family: Family;

  /** Its CPU in percent. Absent where it runs elsewhere. */
  readonly cpu?: Metric;
}
