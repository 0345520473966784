/* global element */
/* exported sharedOf, stackOf, portalOf, pictureOf */

/**
 * What stands in the page as JSON. The page and this script are made together, so what it says is of the type that it was
 * written as.
 *
 * @param {string} id
 * @returns {unknown}
 */
function jsonOf(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? 'null');
}

/** @type {import('../fleet-data').SharedData | undefined} */
let shared;

/** @returns {import('../fleet-data').SharedData} */
function sharedOf() {
  shared ??= /** @type {import('../fleet-data').SharedData} */ (jsonOf('shared'));
  return shared;
}

/**
 * @param {HTMLElement} row
 * @returns {import('../fleet-data').StackData}
 */
function stackOf(row) {
  return /** @type {import('../fleet-data').StackData} */ (jsonOf(`stack-${row.dataset.stack}`));
}

/**
 * The picture of a number in both languages.
 *
 * @param {number} index
 * @returns {HTMLElement[]}
 */
function pictureOf(index) {
  return ['en', 'vi'].map((language) => {
    const template = document.getElementById(`picture-${index}-${language}`);
    const picture = element('div', { class: language, lang: language });
    if (template instanceof HTMLTemplateElement) picture.append(template.content.cloneNode(true));
    return picture;
  });
}
