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
  if (!isObject(form)) return isSecret(form, place.plain) ? SENSITIVE : form;
  const { name = form.Name, sensitive } = form;
  const isNamedSo = typeof name === 'string' && SECRET_VARIABLE.test(name);
  const hides = isNamedSo || sensitive === 'true' || isSecretSetting(place);
  return Object.fromEntries(
    Object.entries(form).map(([key, part]) => {
      const plain = `${place.plain}.${key}`;
      if (hides && VALUE.test(key) && !isReference(part)) return [key, SENSITIVE];
      return [key, withoutSecrets(part, { ...place, plain })];
    }),
  );
}

/** Where what is named beside, or marked as sensitive, has its value. */
const VALUE = /^(value|default)$/i;

const SECRET_FIELD =
  /(^|[._-])(pass|pwd|password|passwd|passphrase|secret|token|credentials?|(private|api|secret|access)_?key|secret_(string|binary|value)|private_key_\w+|password_\w*(value|text|wo))[_-]?\d*$/i;

/** Environment variables have no schema; better one too many. */
const SECRET_VARIABLE = /pass|pwd|secret|token|credential|authorization|(^|[_-])key/i;

/** Variables and outputs of a configuration are told by their names, and have no other place. */
function isSecretSetting({ type, plain }: SchemaPlace): boolean {
  return type === '' && /^(variable|output)\.[^.]+$/.test(plain) && SECRET_VARIABLE.test(plain.replace(/^\w+\./, ''));
}

function isSecret(text: Form, plain: string): boolean {
  return (isSecretField(plain) || holdsSecret(text)) && !isReference(text);
}

function isSecretField(plain: string): boolean {
  // Some write clientSecret, and some client_secret.
  const snake = plain.replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return SECRET_FIELD.test(snake) || (VARIABLES.test(plain) && SECRET_VARIABLE.test(plain.replace(VARIABLES, '')));
}

/** Where a map holds environment variables, in a resource or in an agency file. */
const VARIABLES = /^.*(variables|hosting\.environment)\./i;

/** A reference to where a secret is kept; what has a text of its own in it may be the secret. */
function isReference(form: Form): boolean {
  return typeof form === 'string' && (/^\$\{[^"{}]*\}$/.test(form) || /^arn:/.test(form));
}

/** What is a secret wherever it stands: keys, passwords in addresses, and what scripts and documents assign to such names. */
function holdsSecret(text: Form): boolean {
  if (typeof text !== 'string' || text.length < 8) return false;
  const plain = ENCODED.test(text) ? `${text}\n${Buffer.from(text, 'base64').toString('utf8')}` : text;
  return HELD.some((pattern) => pattern.test(plain));
}

/** User data is base64 in some places. */
const ENCODED = /^[A-Za-z0-9+/\s]{24,}={0,2}\s*$/;

const HELD: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /:\/\/[^\s/:@]*:[^\s/@$]+@/,
  /(pass(word|wd|phrase)?|pwd|secret|token|credentials?|(private|api|secret|access)_?key)[\w-]*(\\?["'])?\s*(=>?|:\s|:(?=\\?["']))\s*(\\?["'])?[^\s"'\\$,;{}()[\]]{3,}/i,
  /"?name\\?"?\s*[=:]\s*\\?"[^"\\]*(pass|secret|token|credential|_key)[^"\\]*\\?"\s*,\s*\\?"?value\\?"?\s*[=:]\s*\\?"[^"$\\]/i,
];
