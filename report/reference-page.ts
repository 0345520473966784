import { HOPS } from '../policy/hops/hop';
import { edgesOf } from '../policy/hops/edges';
import { type PortalPath, portalPaths } from '../policy/levels';
import type { ResourceGraph } from '../policy/resource-graph';
import type { State } from '../policy/hops/hop';
import { costDriversOf } from './cost-drivers';
import { drawTopology } from './draw';
import { evidenceOf } from '../policy/hops/evidence';
import { HOP_WORDS } from './hop-words';
import { type Html, markup, raw } from './html';
import type { Language, Text } from './language';
import { pageText } from './page';
import { subnetRows } from '../policy/facts/subnet-rows';
import { topologyOf } from './topology';
import { ASKS_VI, LEVEL_WORDS, WORDS } from './words';

/** A reference architecture: what people wrote about it, its file, and its synthesized stack. */
export interface Reference {
  /** Name of its file and of its pages. */
  readonly id: string;
  readonly title: Text;
  /** What it is for, paragraph by paragraph. */
  readonly purpose: readonly Text[];
  readonly limits: readonly Text[];
  /** The agency file, as it is written. */
  readonly file: string;
  readonly graph: ResourceGraph;
}

/** The page of a reference architecture in one language, byte for byte the same for the same input. */
export async function referencePage(reference: Reference, language: Language): Promise<string> {
  const { id, title, purpose, limits, file, graph } = reference;
  const say = (text: Text): string => text[language];
  const paths = portalPaths(graph);
  const [path] = paths;
  if (!path) throw new Error(`${id} has no portal`);
  const picture = await drawTopology(topologyOf(graph), language, {
    title: say(WORDS.pictureTitle),
    description: say(title),
  });

  const body = markup`<header>
<div class="top"><a href="index.${language}.html">${say(WORDS.all)}</a><a href="${id}.${other(language)}.html" lang="${other(language)}">${say(WORDS.otherLanguage)}</a></div>
<p class="soft">${say(WORDS.reference)}</p>
<h1>${say(title)}</h1>
<p><span class="level">L${path.level}</span> ${say(WORDS.designedLevel)}: ${say(LEVEL_WORDS[path.level]!)}</p>
<p class="soft">${say(WORDS.levelNote)}</p>
</header>
<main>
<h2>${say(WORDS.purpose)}</h2>
${purpose.map((paragraph) => markup`<p>${say(paragraph)}</p>\n`)}
<h2>${say(WORDS.picture)}</h2>
<figure>
${raw(picture)}
<figcaption>${FAMILIES.map(key)}</figcaption>
</figure>
<h2>${say(WORDS.hops)}</h2>
${paths.map((one) => hopTable(graph, one, language))}
${asks(path.missing, language)}
${addressTable(graph, language)}
${costTable(graph, language)}
<h2>${say(WORDS.limits)}</h2>
<ul>
${limits.map((limit) => markup`<li>${say(limit)}</li>\n`)}</ul>
<h2>${say(WORDS.file)}</h2>
<p class="soft">${say(WORDS.fileNote)}</p>
<pre><code>${file}</code></pre>
</main>
<footer>${say(WORDS.written)} ${graph.resources.length} ${say(WORDS.resources)}.</footer>`;

  return pageText({ language, title: `${say(title)} · portal6`, description: say(purpose[0]!), body });
}

/** The list of reference architectures in one language. */
export function referenceIndex(references: readonly Reference[], language: Language): string {
  const say = (text: Text): string => text[language];
  const rows = references.map(({ id, title, purpose, graph }) => {
    const level = portalPaths(graph)[0]!.level;
    return markup`<tr><td><a href="${id}.${language}.html">${say(title)}</a></td><td><span class="level">L${level}</span> ${say(LEVEL_WORDS[level]!)}</td><td>${say(purpose[0]!)}</td></tr>\n`;
  });
  const body = markup`<header>
<div class="top"><span class="soft">portal6</span><a href="index.${other(language)}.html" lang="${other(language)}">${say(WORDS.otherLanguage)}</a></div>
<h1>${say(WORDS.references)}</h1>
<p>${say(WORDS.indexIntro)}</p>
</header>
<main>
<div class="scroll"><table>
<thead><tr><th scope="col">${say(WORDS.reference)}</th><th scope="col">${say(WORDS.designedLevel)}</th><th scope="col">${say(WORDS.purpose)}</th></tr></thead>
<tbody>
${rows}</tbody>
</table></div>
</main>`;
  return pageText({ language, title: `${say(WORDS.references)} · portal6`, description: say(WORDS.indexIntro), body });
}

const FAMILIES = [
  { family: 'ipv4', name: 'IPv4' },
  { family: 'ipv6', name: 'IPv6' },
] as const;

function other(language: Language): Language {
  return language === 'en' ? 'vi' : 'en';
}

/** Entry of the legend: a line as the picture has it. */
function key({ family, name }: (typeof FAMILIES)[number]): Html {
  const dashes = family === 'ipv6' ? raw(' stroke-dasharray="5,2"') : undefined;
  return markup`<span class="key ${family}"><svg width="34" height="8" aria-hidden="true"><path d="M0,4L34,4"${dashes}/></svg>${name}</span>`;
}

/** What the next level asks for. What has no Vietnamese yet stays in English, and says so to screen readers. */
function asks(missing: readonly string[], language: Language): Html | undefined {
  if (missing.length === 0) return undefined;
  const items = missing.map((ask) => {
    const text = language === 'vi' ? ASKS_VI[ask] : ask;
    return text === undefined ? markup`<li lang="en">${ask}</li>\n` : markup`<li>${text}</li>\n`;
  });
  return markup`<h2>${WORDS.next[language]}</h2>
<ul>
${items}</ul>`;
}

function hopTable(graph: ResourceGraph, path: PortalPath, language: Language): Html {
  const say = (text: Text): string => text[language];
  const edge = edgesOf(graph).find(({ resource }) => resource.address === path.edge)!;
  const rows = HOPS.map((name) => {
    const hop = path.hops.find((one) => one.hop === name)!;
    const { name: title, question } = HOP_WORDS[name];
    const cells = FAMILIES.map(({ family }) => {
      const lines = evidenceOf(graph, edge, name, family);
      const what = lines.length > 0 ? lines.map((line) => markup`<code>${line}</code>`) : say(WORDS.byAws);
      return markup`<td>${state(hop[family].state, language)} ${hop[family].state === 'pass' ? what : undefined}</td>`;
    });
    return markup`<tr><th scope="row">${say(title)}<br><span class="soft">${say(question)}</span></th>${cells}</tr>\n`;
  });
  return markup`<div class="scroll"><table>
<caption>${path.names.join(', ')}</caption>
<thead><tr><th scope="col">${say(WORDS.hop)}</th>${FAMILIES.map(({ family, name }) => markup`<th scope="col" class="${family}">${name}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>`;
}

function state(one: State, language: Language): Html {
  const [name, word] = {
    pass: ['open', WORDS.open],
    fail: ['closed', WORDS.closed],
    unknown: ['unknown', WORDS.unknown],
  }[one] as [string, Text];
  return markup`<span class="${name}">${word[language]}</span>`;
}

function addressTable(graph: ResourceGraph, language: Language): Html | undefined {
  const rows = subnetRows(graph);
  if (rows.length === 0) return undefined;
  const say = (text: Text): string => text[language];
  return markup`<h2>${say(WORDS.addresses)}</h2>
<div class="scroll"><table>
<caption>${say(WORDS.addressNote)}</caption>
<thead><tr><th scope="col">${say(WORDS.subnet)}</th><th scope="col">${say(WORDS.zone)}</th><th scope="col" class="ipv4">IPv4</th><th scope="col" class="ipv6">IPv6</th></tr></thead>
<tbody>
${rows.map(({ name, zone, ipv4, ipv6 }) => markup`<tr><td>${name}</td><td>${zone}</td><td>${ipv4 ?? say(WORDS.none)}</td><td>${ipv6 ?? say(WORDS.none)}</td></tr>\n`)}</tbody>
</table></div>`;
}

function costTable(graph: ResourceGraph, language: Language): Html {
  const say = (text: Text): string => text[language];
  return markup`<h2>${say(WORDS.costs)}</h2>
<div class="scroll"><table>
<caption>${say(WORDS.costNote)}</caption>
<thead><tr><th scope="col">${say(WORDS.item)}</th><th scope="col">${say(WORDS.number)}</th></tr></thead>
<tbody>
${costDriversOf(graph).map(({ name, count }) => markup`<tr><td>${say(name)}</td><td class="number">${count}</td></tr>\n`)}</tbody>
</table></div>`;
}
