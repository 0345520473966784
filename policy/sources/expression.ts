/** Something that an expression refers to. */
export type Reference =
  /** `aws_subnet.public`, with its index where that is a literal: `aws_subnet.public["a"]`, `aws_subnet.public[0]`. */
  | { readonly kind: 'resource'; readonly address: string; readonly index?: string }
  | { readonly kind: 'data'; readonly address: string }
  | { readonly kind: 'local'; readonly name: string }
  /** `path` is what follows: `id` in `var.network.id`. */
  | { readonly kind: 'variable'; readonly name: string; readonly path: readonly string[] }
  /** An output of a child module. It has none where the module is taken as a whole, as `module.zone` in a `for`. */
  | {
      readonly kind: 'module';
      readonly name: string;
      readonly index?: string;
      readonly output?: string;
      readonly path: readonly string[];
    }
  | { readonly kind: 'iteration'; readonly of: 'each.key' | 'each.value' | 'count.index' };

/** Whether a text is a template: `$${` and `%%{` are escapes (Terraform's documentation, "Strings and Templates"). */
export function isTemplate(text: string): boolean {
  return text.includes('{') && /(?<!\$)\$\{|(?<!%)%\{/.test(text);
}

/** The text that Terraform makes of one without expressions. */
export function unescapeTemplate(text: string): string {
  return text.replaceAll('$${', '${').replaceAll('%%{', '%{');
}

const NAME = '[A-Za-z_][\\w-]*';
const STRING = '"(?:[^"\\\\]|\\\\.)*"';
const PATTERN = new RegExp(
  `(?<![\\w".-])(?:` +
    `data\\.(?<data>${NAME}\\.${NAME})` +
    `|local\\.(?<local>${NAME})` +
    `|var\\.(?<variable>${NAME})(?<inside>(?:\\.${NAME})*)` +
    `|module\\.(?<module>${NAME})(?:\\[(?:(?<instance>${STRING}|\\d+)|(?<computed>[^\\]]*))\\])?` +
    `(?:\\.(?<output>${NAME})(?<rest>(?:\\.${NAME})*))?` +
    `|(?<iteration>each\\.(?:key|value)|count\\.index)` +
    `|(?<resource>[a-z][a-z0-9]*_[a-z0-9_]+\\.${NAME})(?:\\[(?<index>${STRING}|\\d+)\\])?` +
    `)`,
  'g',
);

const ATTRIBUTE = /^\$\{([a-z][a-z0-9]*_[a-z0-9_]+\.[A-Za-z_][\w-]*)(?:\.[a-z_][a-z0-9_]*)+\}$/;

/** What the expressions in a template refer to, in their order; literals inside them refer to nothing. */
export function referencesOf(template: string): Reference[] {
  // Almost all templates are an attribute of a resource and nothing else.
  const [, address] = ATTRIBUTE.exec(template) ?? [];
  if (address !== undefined) return [{ kind: 'resource', address }];
  return referencesIn(codeOf(template));
}

function referencesIn(code: string): Reference[] {
  return [...code.matchAll(PATTERN)].flatMap(({ groups = {} }) => [
    referenceFrom(groups),
    ...(groups.computed === undefined ? [] : referencesIn(groups.computed)),
  ]);
}

function referenceFrom(groups: Readonly<Record<string, string | undefined>>): Reference {
  const { data, local, variable, inside, module, instance, output, rest, iteration, resource, index } = groups;
  if (data) return { kind: 'data', address: `data.${data}` };
  if (local) return { kind: 'local', name: local };
  if (variable) return { kind: 'variable', name: variable, path: namesIn(inside) };
  if (module) {
    const of = { ...(instance !== undefined && { index: instance }), ...(output !== undefined && { output }) };
    return { kind: 'module', name: module, ...of, path: namesIn(rest) };
  }
  if (resource) return { kind: 'resource', address: resource, ...(index !== undefined && { index }) };
  return { kind: 'iteration', of: iteration as 'each.key' | 'each.value' | 'count.index' };
}

function namesIn(path = ''): string[] {
  return path.split('.').slice(1);
}

/** The expressions of a template, without its text and without the literals in them that are no index. */
function codeOf(template: string): string {
  // Almost all templates are one expression without literals.
  const simple = /^\$\{([^"{}]*)\}$/.exec(template);
  return simple ? simple[1]! : scan(template);
}

function scan(template: string): string {
  let code = '';
  let at = 0;

  const text = (quoted: boolean): void => {
    while (at < template.length) {
      const two = template.slice(at, at + 2);
      if (two === '${' || two === '%{') {
        if (template[at - 1] === template[at]) {
          at += 2;
          continue;
        }
        at += 2;
        expression();
      } else if (quoted && template[at] === '\\') at += 2;
      else if (quoted && template[at] === '"') return;
      else at += 1;
    }
  };

  const expression = (): void => {
    let depth = 0;
    code += ' ';
    while (at < template.length) {
      const char = template[at]!;
      at += 1;
      if (char === '"') {
        const start = at;
        const before = code.length;
        text(true);
        const literal = template.slice(start, at);
        at += 1;
        const isIndex = /[\w\]]\[$/.test(code.slice(-2)) && template[at] === ']' && code.length === before;
        code += isIndex ? `"${literal}"` : ' ';
      } else if (char === '}' && depth === 0) break;
      else {
        if (char === '{') depth += 1;
        if (char === '}') depth -= 1;
        code += char;
      }
    }
    code += ' ';
  };

  text(false);
  return code;
}
