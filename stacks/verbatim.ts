/**
 * A value of a person's file, written so that Terraform takes its text as it stands: to Terraform `${` and `%{` begin
 * templates, which could name anything, files of the machine included.
 */
export function verbatim<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll(TEMPLATE, '$1$1{') as T;
  if (Array.isArray(value)) return value.map(verbatim) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, verbatim(inner)])) as T;
}

const TEMPLATE = /([$%])\{/g;
