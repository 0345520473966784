import { drawTopology } from './draw';
import type { PictureReference } from './fleet';
import { LANGUAGES, type Language } from './language';
import { neutralTopology } from './neutral-topology';
import type { Topology } from './topology';
import { WORDS } from './words';

/** A picture in each language, as SVG. */
export type Picture = Readonly<Record<Language, string>>;

/** The pictures of many stacks: those that are built alike share one, since drawing it takes longer than all else. */
export class Gallery {
  private readonly topologies = new Map<string, { readonly topology: Topology; readonly index: number }>();

  /** The picture for a topology. */
  public add(topology: Topology): PictureReference {
    const neutral = neutralTopology(topology);
    const key = JSON.stringify(neutral);
    const known = this.topologies.get(key) ?? { topology: neutral, index: this.topologies.size };
    this.topologies.set(key, known);
    const names = topology.nodes.flatMap(({ kind, lines }) => (kind === 'name' ? (lines[0] ?? '') : []));
    return { index: known.index, names };
  }

  /** All pictures, by their numbers. */
  public async draw(): Promise<Picture[]> {
    const pictures: Picture[] = [];
    for (const { topology } of this.topologies.values()) {
      const drawn = new Map<Language, string>();
      for (const language of LANGUAGES) {
        drawn.set(language, await drawTopology(topology, language, titleIn(language)));
      }
      pictures.push({ en: drawn.get('en')!, vi: drawn.get('vi')! });
    }
    return pictures;
  }
}

function titleIn(language: Language) {
  return { title: WORDS.pictureTitle[language], description: WORDS.hops[language] };
}
