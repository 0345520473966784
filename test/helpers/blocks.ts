import { type Attributes, Block } from '../../policy/value';

/** The attributes of nested blocks, which come as an object or as a list of them. */
export function blocks(value: unknown): readonly Attributes[] {
  return new Block({ value }).blocks('value').map(({ attributes }) => attributes);
}
