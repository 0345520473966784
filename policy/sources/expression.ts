/** Something that an expression refers to. */
export type Reference =
  /** `aws_subnet.public`, with its index where that is a literal: `aws_subnet.public["a"]`, `aws_subnet.public[0]`. */
  | { readonly kind: 'resource'; readonly address: string; readonly index?: string }
  | { readonly kind: 'data'; readonly address: string }
  | { readonly kind: 'local' | 'variable'; readonly name: string }
  /** An output of a child module. */
  | { readonly kind: 'module'; readonly name: string; readonly output: string | undefined }
  /** `each.value`, `each.key`, `count.index`. */
  | { readonly kind: 'iteration' };

/** Whether a text is a template: `$${` and `%%{` are escapes (Terraform's documentation, "Strings and Templates"). */
export function isTemplate(text: string): boolean {
  return text.includes('${') && /(^|[^$])(\$\$)*\$\{/.test(text);
}

/** The text that Terraform makes of one without expressions. */
export function unescapeTemplate(text: string): string {
  return text.replaceAll('$${', '${').replaceAll('%%{', '%{');
}

const NAME = '[A-Za-z_][\\w-]*';
const PATTERN = new RegExp(
  `(?<![\\w.-])(?:` +
    `data\\.(?<data>${NAME}\\.${NAME})` +
    `|local\\.(?<local>${NAME})` +
    `|var\\.(?<variable>${NAME})` +
    `|module\\.(?<module>${NAME})(?:\\[[^\\]]*\\])?(?:\\.(?<output>${NAME}))?` +
    `|(?<iteration>each\\.(?:key|value)|count\\.index)` +
    `|(?<resource>[a-z][a-z0-9]*_[a-z0-9_]+\\.${NAME})(?:\\[(?<index>"[^"]*"|\\d+)\\])?` +
    `)`,
  'g',
);

/** What the expressions in a template refer to, in their order; literals inside them refer to nothing. */
export function referencesOf(template: string): Reference[] {
  const code = codeOf(template);
  return [...code.matchAll(PATTERN)].map(({ groups = {} }): Reference => {
    const { data, local, variable, module, output, resource, index } = groups;
    if (data) return { kind: 'data', address: `data.${data}` };
    if (local) return { kind: 'local', name: local };
    if (variable) return { kind: 'variable', name: variable };
    if (module) return { kind: 'module', name: module, output };
    if (resource) return index === undefined ? { kind: 'resource', address: resource } : { kind: 'resource', address: resource, index };
    return { kind: 'iteration' };
  });
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
        if (template[start - 2] === '[' && template[at] === ']' && code.length === before) code += `"${literal}"`;
        else code += ' ';
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
