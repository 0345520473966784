import { type Chart, dashboardBody, type Note } from '../../../constructs/health/dashboard-widgets';
import { askedByWidget, looksOf, widgetsIn } from '../../helpers/aws-metrics';

const NOTE: Note = { kind: 'note', markdown: '# hue.gov.vn' };

const METRIC = {
  namespace: 'AWS/ECS',
  metricName: 'CPUUtilization',
  dimensions: { ClusterName: 'a', ServiceName: 'b' },
};

const chart = (props: Partial<Chart> = {}): Chart => ({
  kind: 'chart',
  title: 'CPU (%)',
  region: 'ap-southeast-1',
  periodSeconds: 300,
  lines: [{ metric: METRIC, stat: 'Average', label: 'CPU' }],
  ...props,
});

const drawn = (one: Chart) => widgetsIn(dashboardBody([[one]]))[0]!;

test('a chart says its region, its period and its series', () => {
  expect(drawn(chart())).toEqual({
    x: 0,
    y: 0,
    width: 24,
    height: 6,
    type: 'metric',
    properties: {
      title: 'CPU (%)',
      region: 'ap-southeast-1',
      period: 300,
      view: 'timeSeries',
      yAxis: { left: { min: 0, showUnits: false } },
      metrics: [
        ['AWS/ECS', 'CPUUtilization', 'ClusterName', 'a', 'ServiceName', 'b', { stat: 'Average', label: 'CPU' }],
      ],
    },
  });
  expect(askedByWidget(drawn(chart()))).toEqual([
    {
      namespace: 'AWS/ECS',
      metric: 'CPUUtilization',
      dimensions: { ClusterName: 'a', ServiceName: 'b' },
      statistic: 'Average',
      region: 'ap-southeast-1',
    },
  ]);
});

test('a text is a widget of its own kind', () => {
  const [widget] = widgetsIn(dashboardBody([[NOTE]]));

  expect(widget).toEqual({
    x: 0,
    y: 0,
    width: 24,
    height: 3,
    type: 'text',
    properties: { markdown: '# hue.gov.vn' },
  });
});

test('rows fill the width and lie below each other', () => {
  const widgets = widgetsIn(dashboardBody([[NOTE], [chart(), chart(), chart()], [chart(), chart()], [NOTE, chart()]]));

  expect(widgets.map(({ x, y, width, height }) => [x, y, width, height])).toEqual([
    [0, 0, 24, 3],
    [0, 3, 8, 6],
    [8, 3, 8, 6],
    [16, 3, 8, 6],
    [0, 9, 12, 6],
    [12, 9, 12, 6],
    [0, 15, 12, 6],
    [12, 15, 12, 6],
  ]);
});

test('lines have colours and names, and may be there for others alone', () => {
  const widget = drawn(
    chart({
      lines: [
        { id: 'a', metric: METRIC, stat: 'Sum', label: 'A', colour: '#0072B2', hidden: true },
        { label: 'B', expression: '2 * a', colour: '#E69F00' },
      ],
    }),
  );

  expect(looksOf(widget)).toEqual([
    { stat: 'Sum', label: 'A', id: 'a', color: '#0072B2', visible: false },
    { expression: '2 * a', label: 'B', color: '#E69F00' },
  ]);
});

test.each([
  ['lines', { view: 'timeSeries', yAxis: { left: { min: 0, showUnits: false } } }],
  ['stacked', { view: 'timeSeries', stacked: true }],
  ['number', { view: 'singleValue' }],
] as const)('%s is how a chart can be drawn', (view, properties) => {
  expect(drawn(chart({ view })).properties).toMatchObject(properties);
});

test('a limit is a line across', () => {
  expect(drawn(chart({ limit: { value: 5, label: 'alarm' } })).properties.annotations).toEqual({
    horizontal: [{ value: 5, label: 'alarm' }],
  });
});
