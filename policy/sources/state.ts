import { Resource, ResourceGraph } from '../resource-graph';
import { record, resourcesOf, texts, withoutSecrets } from './show-json';

/** Reads what `terraform show -json` says of a state: everything in it is known. */
export function readStateJson(json: unknown): ResourceGraph {
  return new ResourceGraph(
    resourcesOf(record(record(json).values).root_module).map(({ address, type, module, mode, json: resource }) => {
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
  );
}
