import type { ResourceGraph } from '../policy/resource-graph';
import { isTemplate } from '../policy/sources/expression';
import { literal, type Rename } from './form';

/**
 * Follows the references of one side: an attribute that the configuration sets itself stands for its value, so that a value
 * and a reference to it are the same, and what changes there changes wherever it is referred to. What only apply will know,
 * such as an id, stays as it is written.
 *
 * @param rename calls by its new address what moves
 */
export function follower(graph: ResourceGraph, rename?: Rename): Rename {
  return (expression) => {
    const followed = isTemplate(expression)
      ? expression.replace(ATTRIBUTE, (whole, address: string, name: string) => {
          const value = graph.at(address)?.value(name);
          if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return whole;
          const text = literal(String(value));
          return DOCUMENT.test(expression) ? JSON.stringify(text).slice(1, -1) : text;
        })
      : expression;
    return rename ? rename(followed) : followed;
  };
}

/** An attribute of a resource, and nothing else. */
const ATTRIBUTE = /(?<!\$)\$\{([a-z][a-z0-9]*_[a-z0-9_]+\.[A-Za-z_][\w-]*)\.([a-z_0-9]+)\}/g;

/** Within a text that holds a document, quotes are written as there. */
const DOCUMENT = /^\s*[{[]/;
