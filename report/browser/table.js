/* global bothOf, element, sharedOf */
/* exported sortable, searchable */

/** @returns {HTMLTableElement} */
function fleetTable() {
  return /** @type {HTMLTableElement} */ (document.querySelector('.fleet'));
}

/** @returns {HTMLTableRowElement[]} */
function fleetRows() {
  return [...(fleetTable().tBodies[0]?.rows ?? [])];
}

/**
 * Letters as people type them who have no Vietnamese keyboard: `hue` for `Huế`, `da nang` for `Đà Nẵng`.
 *
 * @param {string} text
 * @returns {string}
 */
function folded(text) {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase();
}

/** Shows the rows that have every word of the search, and the level. Both are asked for whenever one of them changes. */
function searchable() {
  const form = /** @type {HTMLFormElement} */ (document.getElementById('tools'));
  const search = /** @type {HTMLInputElement} */ (document.getElementById('search'));
  const rows = fleetRows();
  /** @type {string[] | undefined} */
  let texts;
  const update = () => {
    texts ??= rows.map((row) => folded(wordsOf(row)));
    const words = folded(search.value).split(/\s+/);
    const level = String(new FormData(form).get('level') ?? '');
    let shown = 0;
    rows.forEach((row, index) => {
      const text = texts?.[index] ?? '';
      const isShown = words.every((word) => text.includes(word)) && (level === '' || levelOf(row) === level);
      row.hidden = !isShown;
      if (isShown) shown += 1;
    });
    sayHowMany(shown, rows.length);
  };
  form.addEventListener('input', update);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;
  // A browser may have kept what was in the form when the page was left.
  if (search.value !== '' || new FormData(form).get('level') !== '') update();
  else sayHowMany(rows.length, rows.length);
}

/**
 * @param {HTMLTableRowElement} row
 * @returns {string}
 */
function wordsOf(row) {
  const more = row.querySelector('[data-more]')?.getAttribute('data-more') ?? '';
  return [...[...row.cells].slice(0, 4).map((cell) => cell.textContent ?? ''), row.id, more].join(' ');
}

/**
 * @param {HTMLTableRowElement} row
 * @returns {string}
 */
function levelOf(row) {
  return String(Math.floor(Number(row.cells[2]?.dataset.value)));
}

/**
 * @param {number} shown
 * @param {number} all
 */
function sayHowMany(shown, all) {
  const status = /** @type {HTMLElement} */ (document.getElementById('shown'));
  const { en, vi } = sharedOf().words.shown;
  const say = (/** @type {string} */ text) => text.replace('{shown}', String(shown)).replace('{all}', String(all));
  status.replaceChildren(element('span', {}, bothOf({ en: say(en), vi: say(vi) })));
  /** @type {HTMLElement} */ (document.getElementById('nothing')).hidden = shown > 0;
}

/** Makes a button of each column's title, which sorts by it, and the other way round when it is pressed again. */
function sortable() {
  const titles = [...fleetTable().querySelectorAll('thead th')];
  titles.forEach((title, column) => {
    const button = element('button', { type: 'button' }, [...title.childNodes]);
    title.replaceChildren(button);
    button.addEventListener('click', () => {
      const direction = title.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
      for (const one of titles) one.removeAttribute('aria-sort');
      title.setAttribute('aria-sort', direction);
      sortBy(column, direction === 'ascending' ? 1 : -1);
    });
  });
}

/**
 * @param {number} column
 * @param {1 | -1} direction
 */
function sortBy(column, direction) {
  const language = document.documentElement.lang;
  const collator = new Intl.Collator(language, { numeric: true });
  const rows = fleetRows().map((row) => {
    const cell = row.cells[column];
    const value = cell?.dataset.value;
    // A name is in both languages, and the reader sees one.
    const text = cell?.querySelector(`.${language}`)?.textContent ?? cell?.textContent ?? '';
    return { row, number: value === undefined ? undefined : Number(value), text };
  });
  rows.sort((one, other) => {
    const order =
      one.number === undefined || other.number === undefined
        ? collator.compare(one.text, other.text)
        : one.number - other.number;
    return order * direction;
  });
  fleetTable().tBodies[0]?.append(...rows.map(({ row }) => row));
}
