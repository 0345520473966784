import { loadReferences } from '../config/references';
import { readStackJson } from '../policy/sources/stack-json';
import { LANGUAGES } from '../report/language';
import { type Reference, referenceIndex, referencePage } from '../report/reference-page';
import { stackJson } from '../stacks/synthesize';

/** The reference architectures of a config folder with their synthesized stacks. */
export function references(configDir: string): (Reference & { readonly level: number })[] {
  return loadReferences(configDir).map(({ agency: { config, files }, text, ...entry }) => {
    const [environment] = Object.keys(config.environments);
    const graph = readStackJson(stackJson({ config, files, environments: [environment!] }));
    return { ...entry, file: text, graph };
  });
}

/** The pages in docs/reference: file name to text. */
export async function referencePages(configDir: string): Promise<Map<string, string>> {
  const all = references(configDir);
  const pages = new Map<string, string>();
  for (const language of LANGUAGES) {
    pages.set(`index.${language}.html`, referenceIndex(all, language));
    for (const one of all) pages.set(`${one.id}.${language}.html`, await referencePage(one, language));
  }
  return pages;
}
