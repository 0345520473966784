import { Resource, ResourceGraph } from '../resource-graph';
import { part, record, resourcesOf, texts, withoutSecrets } from './show-json';

/** Reads what `terraform show -json` says of a state: everything in it is known. */
export function readStateJson(json: unknown): ResourceGraph {
  const { root_module: root, outputs } = record(record(json).values);
  return new ResourceGraph(
    resourcesOf(root).map(({ address, type, module, mode, json: resource }) => {
      const { values, sensitive_values: marks, depends_on: dependsOn } = resource;
      return new Resource({
        address,
        type,
        module,
        mode,
        attributes: withoutSecrets(values, marks, module),
        dependsOn: texts(dependsOn),
      });
    }),
    Object.values(record(outputs)).map((output) => part(output, 'value')),
  );
}
