import { SENSITIVE } from '../policy/sources/show-json';
import { type Form, isList, isObject } from './form';
import { isSensitive } from './provider-facts';

/** Where a value stands: the type of its resource, and its path as the provider's schema has it. */
export interface SchemaPlace {
  readonly type: string;
  readonly plain: string;
}

/**
 * A value as it may be printed: what the provider calls sensitive is left out, and so are values whose names say that they
 * are secret. A reference to where a secret is kept is none.
 */
export function withoutSecrets(form: Form, place: SchemaPlace): Form {
  if (form === undefined) return undefined;
  if (isSensitive(place.type, place.plain)) return SENSITIVE;
  if (isList(form)) return form.map((item) => withoutSecrets(item, place));
  if (!isObject(form)) return isSecretField(place.plain) && !isReference(form) ? SENSITIVE : form;
  const { name } = form;
  const isVariable = typeof name === 'string' && SECRET_VARIABLE.test(name);
  return Object.fromEntries(
    Object.entries(form).map(([key, part]) => {
      const plain = `${place.plain}.${key}`;
      if (isVariable && key === 'value' && !isReference(part)) return [key, SENSITIVE];
      return [key, withoutSecrets(part, { ...place, plain })];
    }),
  );
}

const SECRET_FIELD =
  /(^|[._-])(password|passwd|passphrase|secret|token|credentials?|(private|api|secret|access)_?key)$/i;

/** Environment variables have no schema; better one too many. */
const SECRET_VARIABLE = /pass|secret|token|credential|(^|_)key/i;

function isSecretField(plain: string): boolean {
  return SECRET_FIELD.test(plain) || (VARIABLES.test(plain) && SECRET_VARIABLE.test(plain.replace(VARIABLES, '')));
}

/** Where a map holds environment variables. */
const VARIABLES = /^.*\bvariables\./;

function isReference(form: Form): boolean {
  return typeof form === 'string' && /^\$\{[^]*\}$|^arn:/.test(form);
}
