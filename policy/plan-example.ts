/** A change in an example of a plan. */
export interface ExampleChange {
  /** `aws_subnet.a`. */
  readonly address: string;
  readonly actions: readonly string[];
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  /** Attributes that force a replacement. */
  readonly replaces?: readonly string[];
}

/** A plan as `terraform show -json` writes it, with some changes and nothing else. */
export function planOf(changes: readonly ExampleChange[]): { readonly plan: unknown } {
  const planned = changes.flatMap(({ address, after }) => (after ? [{ ...identityOf(address), values: after }] : []));
  const configured = changes.flatMap(({ address, after }) =>
    after ? [{ ...identityOf(address), expressions: expressionsOf(after) }] : [],
  );
  return {
    plan: {
      format_version: '1.2',
      planned_values: { root_module: { resources: planned } },
      resource_changes: changes.map(({ address, actions, before, after, replaces }) => ({
        ...identityOf(address),
        change: {
          actions,
          before: before ?? null,
          after: after ?? null,
          after_unknown: {},
          ...(replaces && { replace_paths: replaces.map((name) => [name]) }),
        },
      })),
      configuration: { root_module: { resources: configured } },
    },
  };
}

function identityOf(address: string) {
  const [type = '', name = ''] = address.split('.');
  return { address, mode: 'managed', type, name };
}

function expressionsOf(values: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { constant_value: value }]));
}
