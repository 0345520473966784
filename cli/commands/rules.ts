import { didYouMean } from '../../config/suggest';
import { UserError } from '../../core/errors';
import { GROUPS } from '../../policy/rule';
import { EXPLAINED_RULES, type ExplainedRule, examplesOf } from '../../policy/rules-page';
import type { Io } from '../io';
import { colorsFor, plural, renderJson, renderTable } from '../output';

/**
 * The rule with an id, whatever its case.
 *
 * @throws UserError when there is none
 */
export function ruleOf(id: string): ExplainedRule {
  const rule = EXPLAINED_RULES.find((one) => one.id === id.toUpperCase());
  if (rule) return rule;
  const ids = EXPLAINED_RULES.map((one) => one.id);
  throw new UserError(`no rule \`${id}\`${didYouMean(id, ids) || '; portal6 rules lists them'}`);
}

export async function rulesCommand(
  id: string | undefined,
  { format }: { readonly format: 'text' | 'json' },
  io: Io,
): Promise<number> {
  const rules = id === undefined ? EXPLAINED_RULES : [ruleOf(id)];
  if (format === 'json') io.stdout.write(renderJson({ version: 1, rules: rules.map(asJson) }));
  else io.stdout.write(id === undefined ? listText(rules, io) : ruleText(rules[0]!, io));
  return 0;
}

function listText(rules: readonly ExplainedRule[], io: Io): string {
  const colors = colorsFor(io.stdout, io.env);
  const rows = GROUPS.flatMap((group) => {
    const own = rules.filter((rule) => rule.group === group);
    return own.map(({ id, severity, hop, title }) => [group, id, severity, hop ?? '-', title]);
  });
  const table = renderTable(['GROUP', 'ID', 'SEVERITY', 'HOP', 'TITLE'], rows, colors);
  return `${table}\n${plural(rules.length, 'rule')}; portal6 rules ID explains one\n`;
}

function ruleText(rule: ExplainedRule, io: Io): string {
  const { bold } = colorsFor(io.stdout, io.env);
  const { id, title, group, kind, severity, hop, why, fix, sources, good, bad } = rule;
  const [before, after] = good && bad ? examplesOf({ good, bad }) : [];
  const about = [group, kind, severity, ...(hop ? [`hop: ${hop}`] : [])].join(', ');
  return [
    `${bold(id)}  ${title}`,
    about,
    '',
    why,
    '',
    `${bold('Fix')}  ${fix}`,
    ...(before && after
      ? ['', bold('Does not pass'), indented(before.text), '', bold('Passes'), indented(after.text)]
      : []),
    ...(sources.length > 0 ? ['', bold('Sources'), ...sources.map((source) => `  ${source}`)] : []),
    '',
  ].join('\n');
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function asJson({ id, title, group, kind, severity, hop, why, fix, sources, good, bad }: ExplainedRule) {
  const examples = good && bad ? { good, bad } : {};
  return { id, title, group, kind, severity, ...(hop && { hop }), why, fix, sources, ...examples };
}
