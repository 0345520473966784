/** A label of ours, as the platforms show it. */
export interface Label {
  readonly name: string;
  /** Six hexadecimal digits. */
  readonly color: string;
  readonly description: string;
}

/** All labels that are ours to put on and take off, by what becomes of the resources. */
export const LABELS = {
  noChanges: {
    name: 'portal6: no-changes',
    color: '0e8a16',
    description: 'The stacks stay as they are',
  },
  addOrUpdate: {
    name: 'portal6: add-or-update',
    color: '1d76db',
    description: 'Resources are made or changed, none is destroyed',
  },
  destroy: {
    name: 'portal6: destroy',
    color: 'd93f0b',
    description: 'Resources are destroyed, or replaced',
  },
} as const satisfies Readonly<Record<string, Label>>;

/** What to put on and take off. */
export interface LabelChanges {
  readonly add: readonly Label[];
  /** Names. */
  readonly remove: readonly string[];
}

/** What is to be done so that, of our labels, a pull request has those that are wanted. */
export function labelChanges(wanted: readonly string[], present: readonly string[]): LabelChanges {
  // Both platforms hold labels that differ in case alone for one.
  const has = new Map(present.map((name) => [name.toLowerCase(), name]));
  const ours: readonly Label[] = Object.values(LABELS);
  return {
    add: ours.filter(({ name }) => wanted.includes(name) && !has.has(name)),
    remove: ours.filter(({ name }) => !wanted.includes(name)).flatMap(({ name }) => has.get(name) ?? []),
  };
}
