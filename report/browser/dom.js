/* exported element, bothOf, englishOf, partlyOf */

/**
 * @typedef {Node | string | number | undefined | Children} Child
 * @typedef {{ readonly length: number, forEach(give: (one: Child) => void): void }} Children
 * @typedef {import('../language').Text} Bilingual
 */

/**
 * An element with what is in it. Texts become text nodes, so that nothing in them is ever markup.
 *
 * @param {string} name
 * @param {Readonly<Record<string, string>>} attributes
 * @param {...Child} children
 * @returns {HTMLElement}
 */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  append(made, children);
  return made;
}

/**
 * @param {Element} parent
 * @param {Child} child
 */
function append(parent, child) {
  if (child === undefined) return;
  if (child instanceof Node) parent.append(child);
  else if (typeof child === 'object') child.forEach((one) => append(parent, one));
  else parent.append(String(child));
}

/**
 * A text in both languages, of which the page shows the one that it is in.
 *
 * @param {Bilingual} text
 * @returns {Child}
 */
function bothOf({ en, vi }) {
  if (en === vi) return en;
  return [element('span', { class: 'en', lang: 'en' }, en), element('span', { class: 'vi', lang: 'vi' }, vi)];
}

/**
 * A text of policy, which is in English, with its `code` as such.
 *
 * @param {string} text
 * @returns {HTMLElement}
 */
function englishOf(text) {
  return element('span', { lang: 'en' }, proseOf(text));
}

/**
 * A text of policy that may be there in Vietnamese, too.
 *
 * @param {import('../fleet-data').PartlyText} text
 * @returns {Child}
 */
function partlyOf({ en, vi }) {
  if (vi === undefined) return englishOf(en);
  return [
    element('span', { class: 'en', lang: 'en' }, proseOf(en)),
    element('span', { class: 'vi', lang: 'vi' }, proseOf(vi)),
  ];
}

/**
 * @param {string} text
 * @returns {Child}
 */
function proseOf(text) {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return text;
  return parts.map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part));
}
