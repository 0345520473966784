/* global append, detailOf, searchable, sharedOf, sortable */
/* exported startPage */

/** Brings the page to life: all that it needs is in it. */
function startPage() {
  searchable();
  sortable();
  const language = /** @type {HTMLButtonElement} */ (document.getElementById('language'));
  language.addEventListener('click', () => {
    document.documentElement.lang = document.documentElement.lang === 'en' ? 'vi' : 'en';
    nameTab();
  });
  language.hidden = false;
  window.addEventListener('hashchange', () => showHash(true));
  showHash(false);
}

/**
 * The row whose portal is open.
 *
 * @type {HTMLElement | undefined}
 */
let opened;

/**
 * Shows what the address asks for: a portal, or the list.
 *
 * @param {boolean} isMove whether the reader came from another view, so that the focus has to come along
 */
function showHash(isMove) {
  const row = rowOf(location.hash.slice(1));
  const list = /** @type {HTMLElement} */ (document.getElementById('list'));
  const detail = /** @type {HTMLElement} */ (document.getElementById('detail'));
  const last = opened;
  opened = row;
  list.hidden = row !== undefined;
  detail.hidden = row === undefined;
  detail.replaceChildren();
  nameTab();
  if (row) {
    append(detail, detailOf(row));
    window.scrollTo(0, 0);
    document.getElementById('detail-title')?.focus();
  } else if (isMove && last) {
    last.scrollIntoView({ block: 'center' });
    last.querySelector('a')?.focus({ preventScroll: true });
  }
}

/**
 * @param {string} hash
 * @returns {HTMLElement | undefined}
 */
function rowOf(hash) {
  const row = document.getElementById(decoded(hash));
  return row?.dataset.stack === undefined ? undefined : row;
}

/**
 * @param {string} text
 * @returns {string}
 */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    // Somebody's own text behind the #.
    return text;
  }
}

/** The tab is called as what it shows, in the language that it is in. */
function nameTab() {
  const { title } = sharedOf().words;
  const name = document.documentElement.lang === 'vi' ? title.vi : title.en;
  const portal = opened?.querySelector('a')?.textContent;
  document.title = portal ? `${portal} · ${name}` : name;
}
