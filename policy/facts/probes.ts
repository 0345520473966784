import type { ResourceGraph } from '../resource-graph';
import { isRecord, Unknown } from '../value';
import { normalName } from './records';

/** The names whose AAAA records a scheduled probe asks for: of a portal that is staged, not the one that citizens type. */
export function probedNames(graph: ResourceGraph): ReadonlySet<string> {
  return graph.fact(graph, probedNames, () => {
    const events = graph
      .ofType('aws_scheduler_schedule')
      .flatMap((schedule) => schedule.blocks('target'))
      .map((target) => parseEvent(target.value('input')));
    const names = events.map(({ lookup, host }) => lookup ?? host).filter((name) => typeof name === 'string');
    return new Set(names.map(normalName));
  });
}

/** JSON text, which holds expressions where it is made of other resources. */
function parseEvent(value: unknown): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(value instanceof Unknown ? (value.text ?? '') : String(value));
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
