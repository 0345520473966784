import type { Metric } from './metric';

/** One line of a chart: a metric, or what is worked out of others by their names. */
export type Line = {
  /** What the legend says. */
  readonly label: string;
  readonly colour?: string;
  /** Name for other lines to use. */
  readonly id?: string;
} & ({ readonly metric: Metric; readonly stat: string; readonly hidden?: true } | { readonly expression: string });

/** A chart of a dashboard, without its place. */
export interface Chart {
  readonly kind: 'chart';
  readonly title: string;
  /** Region that its metrics are in. */
  readonly region: string;
  readonly periodSeconds: number;
  readonly lines: readonly Line[];
  /**
   * How the lines are drawn: over time, over time on top of each other, or as the last value.
   *
   * @default 'lines'
   */
  readonly view?: 'lines' | 'stacked' | 'number';
  /**
   * A value to draw a line at, with what it means.
   *
   * @default - none
   */
  readonly limit?: { readonly value: number; readonly label: string };
}

/** A text of a dashboard, in Markdown. */
export interface Note {
  readonly kind: 'note';
  readonly markdown: string;
}

/** A dashboard is 24 columns wide. */
const COLUMNS = 24;
const HEIGHT = { note: 3, chart: 6 } as const;

/**
 * The body of a dashboard: rows from the top down, each filled by its widgets alike
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html).
 */
export function dashboardBody(rows: readonly (readonly (Chart | Note)[])[]): string {
  let y = 0;
  const widgets = rows.flatMap((row) => {
    const width = COLUMNS / row.length;
    const height = Math.max(...row.map(({ kind }) => HEIGHT[kind]));
    const placed = row.map((widget, index) => ({ x: index * width, y, width, height, ...contentOf(widget) }));
    y += height;
    return placed;
  });
  return JSON.stringify({ widgets });
}

function contentOf(widget: Chart | Note): object {
  if (widget.kind === 'note') return { type: 'text', properties: { markdown: widget.markdown } };
  const { title, region, periodSeconds, lines, view = 'lines', limit } = widget;
  return {
    type: 'metric',
    properties: {
      title,
      region,
      period: periodSeconds,
      view: view === 'number' ? 'singleValue' : 'timeSeries',
      ...(view === 'stacked' ? { stacked: true } : {}),
      ...(view === 'number' ? {} : { yAxis: { left: { min: 0, showUnits: false } } }),
      metrics: lines.map(rowOf),
      ...(limit ? { annotations: { horizontal: [limit] } } : {}),
    },
  };
}

function rowOf(line: Line): unknown[] {
  const { label, colour, id } = line;
  const looks = { label, ...(id ? { id } : {}), ...(colour ? { color: colour } : {}) };
  if ('expression' in line) return [{ expression: line.expression, ...looks }];
  const { namespace, metricName, dimensions } = line.metric;
  const shown = line.hidden ? { visible: false } : {};
  return [namespace, metricName, ...Object.entries(dimensions).flat(), { stat: line.stat, ...looks, ...shown }];
}
