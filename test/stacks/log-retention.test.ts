import { blocks } from '../helpers/blocks';
import { everything, exampleStacks } from '../helpers/stacks';
import type { Attributes, Synthesized } from '../helpers/synth';

/** Vietnamese law asks for 12 months, and a year may have a 29 February. */
const TWELVE_MONTHS = 366;

const stacks = [...exampleStacks(), ['everything', everything()] as const];

/** Where the resources of a type write who did what. */
const WRITERS: Readonly<Record<string, (attributes: Attributes) => unknown[]>> = {
  aws_flow_log: ({ log_destination }) => [log_destination],
  aws_lb: ({ access_logs }) => blocks(access_logs).map(({ bucket }) => bucket),
  aws_cloudfront_distribution: ({ logging_config }) => blocks(logging_config).map(({ bucket }) => bucket),
  aws_globalaccelerator_accelerator: ({ attributes }) =>
    blocks(attributes).map(({ flow_logs_s3_bucket }) => flow_logs_s3_bucket),
  aws_wafv2_web_acl_logging_configuration: ({ log_destination_configs }) => [log_destination_configs].flat(),
  aws_lambda_function: ({ logging_config }) => blocks(logging_config).map(({ log_group }) => log_group),
  aws_ecs_task_definition: ({ container_definitions }) =>
    (JSON.parse(String(container_definitions)) as { logConfiguration: { options: Attributes } }[]).map(
      ({ logConfiguration }) => logConfiguration.options['awslogs-group'],
    ),
};

describe.each(stacks)('in %s', (_, stack) => {
  const destinations = Object.entries(WRITERS).flatMap(([type, destinationsOf]) =>
    stack.resources
      .filter((one) => one.type === type)
      .map(({ path, attributes }) => [path, destinationsOf(attributes)] as const),
  );

  test('whatever writes logs writes them somewhere where they stay for 12 months', () => {
    const short = destinations.filter(
      ([, places]) => places.length === 0 || places.some((place) => daysAt(stack, place) < TWELVE_MONTHS),
    );

    expect(destinations.length).toBeGreaterThan(0);
    expect(short.map(([path]) => path)).toEqual([]);
  });

  test('no group or bucket of logs lets them go earlier', () => {
    const short = stack.resources
      .filter(({ type, path }) => type === 'aws_cloudwatch_log_group' || /(^|-)logs\/Resource$/.test(path))
      .filter(({ type }) => type === 'aws_cloudwatch_log_group' || type === 'aws_s3_bucket')
      .filter(({ address }) => daysAt(stack, `\${${address}.arn}`) < TWELVE_MONTHS);

    expect(short.map(({ path }) => path)).toEqual([]);
  });

  test('a record of a flow has the whole addresses of both families', () => {
    const formats = stack.ofType('aws_flow_log').map(({ log_format }) => String(log_format));
    const fields = ['type', 'srcaddr', 'dstaddr', 'pkt-srcaddr', 'pkt-dstaddr', 'flow-direction'];

    expect(formats.length).toBeGreaterThan(0);
    for (const format of formats) for (const field of fields) expect(format).toContain(`{${field}}`);
  });
});

/** For how long logs stay at a group or bucket, by a reference to it. */
function daysAt(stack: Synthesized, reference: unknown): number {
  const found = stack.resources.find(({ address }) => String(reference).startsWith(`\${${address}.`));
  if (!found) return 0;
  if (found.type === 'aws_cloudwatch_log_group') return Number(found.attributes.retention_in_days);
  const rules = stack
    .ofType('aws_s3_bucket_lifecycle_configuration')
    .filter(({ bucket }) => String(bucket).startsWith(`\${${found.address}.`))
    .flatMap(({ rule }) => blocks(rule));
  return Math.min(...rules.flatMap(({ expiration }) => blocks(expiration)).map(({ days }) => Number(days)));
}
