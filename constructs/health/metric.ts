import type { CloudwatchMetricAlarmMetricQuery } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';

/** A metric, by what CloudWatch keeps it under. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Over which time, and how, the values of a metric become one. */
export interface Statistic {
  /** As CloudWatch writes it: `Sum`, `Maximum`, `p95`. */
  readonly stat: string;
  readonly periodSeconds: number;
}

/** A metric as part of an alarm's metric math, under a name of its own. */
export function queryOf(
  id: string,
  metric: Metric,
  { stat, periodSeconds }: Statistic,
): CloudwatchMetricAlarmMetricQuery {
  const { namespace, metricName, dimensions } = metric;
  return {
    id,
    returnData: false,
    metric: { namespace, metricName, dimensions: { ...dimensions }, period: periodSeconds, stat },
  };
}

/** A metric of an application load balancer; its dimension is the end of the load balancer's ARN. */
export function applicationMetric(metricName: string, loadBalancer: string): Metric {
  return { namespace: 'AWS/ApplicationELB', metricName, dimensions: { LoadBalancer: loadBalancer } };
}

/** A target group as CloudWatch knows it, with the load balancer that checks it. */
export interface TargetGroup {
  /** Whose metrics they are, by the kind of load balancer. */
  readonly namespace: 'AWS/ApplicationELB' | 'AWS/NetworkELB';

  /** Value of the dimension `LoadBalancer`: the end of its ARN. */
  readonly loadBalancer: string;

  /** Value of the dimension `TargetGroup`: the end of its ARN. */
  readonly targetGroup: string;
}

/** A metric of a target group. */
export function targetMetric(metricName: string, { namespace, loadBalancer, targetGroup }: TargetGroup): Metric {
  return { namespace, metricName, dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup } };
}

/** A metric of a CloudFront distribution. All of them are in us-east-1, whatever their dimension `Region` says. */
export function distributionMetric(metricName: string, distributionId: string): Metric {
  return {
    namespace: 'AWS/CloudFront',
    metricName,
    dimensions: { DistributionId: distributionId, Region: 'Global' },
  };
}

/** How long a certificate is still valid. ACM writes it twice a day, in the certificate's region. */
export function daysToExpiry(certificateArn: string): Metric {
  return {
    namespace: 'AWS/CertificateManager',
    metricName: 'DaysToExpiry',
    dimensions: { CertificateArn: certificateArn },
  };
}
