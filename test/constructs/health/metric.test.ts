import {
  applicationMetric,
  daysToExpiry,
  distributionMetric,
  queryOf,
  targetMetric,
} from '../../../constructs/health/metric';

test('a metric has the dimensions that AWS keeps it under', () => {
  expect(applicationMetric('RequestCount', 'app/a/1')).toEqual({
    namespace: 'AWS/ApplicationELB',
    metricName: 'RequestCount',
    dimensions: { LoadBalancer: 'app/a/1' },
  });
  expect(
    targetMetric('HealthyHostCount', {
      namespace: 'AWS/NetworkELB',
      loadBalancer: 'net/a/1',
      targetGroup: 'targetgroup/b/2',
    }),
  ).toEqual({
    namespace: 'AWS/NetworkELB',
    metricName: 'HealthyHostCount',
    dimensions: { LoadBalancer: 'net/a/1', TargetGroup: 'targetgroup/b/2' },
  });
  expect(distributionMetric('Requests', 'EDFDVBD6EXAMPLE').dimensions).toEqual({
    DistributionId: 'EDFDVBD6EXAMPLE',
    Region: 'Global',
  });
  expect(daysToExpiry('arn:1')).toMatchObject({ metricName: 'DaysToExpiry', dimensions: { CertificateArn: 'arn:1' } });
});

test('a part of metric math has a name, and is no result by itself', () => {
  expect(queryOf('all', applicationMetric('RequestCount', 'app/a/1'), { stat: 'Sum', periodSeconds: 300 })).toEqual({
    id: 'all',
    returnData: false,
    metric: {
      namespace: 'AWS/ApplicationELB',
      metricName: 'RequestCount',
      dimensions: { LoadBalancer: 'app/a/1' },
      period: 300,
      stat: 'Sum',
    },
  });
});
