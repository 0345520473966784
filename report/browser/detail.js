/* global element, bothOf, englishOf, partlyOf, sharedOf, stackOf, pictureOf */
/* exported detailOf */

/**
 * @typedef {import('../fleet-data').StackData} StackData
 * @typedef {import('../fleet-data').PortalData} PortalData
 * @typedef {import('../fleet-data').SideData} SideData
 * @typedef {import('../fleet-data').FindingData} FindingData
 */

/**
 * All that there is to say of the portal of a row.
 *
 * @param {HTMLElement} row
 * @returns {Child[]}
 */
function detailOf(row) {
  const stack = stackOf(row);
  const portal = stack.portals[Number(row.dataset.portal)];
  const findings = stack.findings.filter((_, index) => !portal?.others.includes(index));
  return [
    headingOf(stack, portal),
    portal && pathOf(portal),
    portal && nextOf(portal),
    figureOf(stack),
    addressesOf(stack),
    findingsOf(findings.filter(({ result }) => result !== 'waived')),
    waiversOf(findings.filter(({ result }) => result === 'waived')),
  ];
}

/**
 * @param {StackData} stack
 * @param {PortalData | undefined} portal
 * @returns {Child[]}
 */
function headingOf({ stack, agency, environment }, portal) {
  const { words, levels } = sharedOf();
  const whose = [agency && (agency.name ? bothOf(agency.name) : agency.id), environment, stack];
  const level = portal && levels[portal.level];
  return [
    element('p', { class: 'back' }, element('a', { href: '#' }, '← ', bothOf(words.back))),
    element(
      'h2',
      { id: 'detail-title', tabindex: '-1' },
      portal ? (portal.names[0] ?? portal.edge) : bothOf(words.noPortal),
    ),
    portal && portal.names.length > 1 ? element('p', {}, portal.names.slice(1).join(', ')) : undefined,
    element('p', { class: 'soft' }, whose.flatMap((part) => (part === undefined ? [] : [' · ', part])).slice(1)),
    portal &&
      level &&
      element(
        'p',
        {},
        element('span', { class: `level l${portal.level}` }, `L${portal.level}${portal.atLeast ? '?' : ''}`),
        ' ',
        portal.atLeast ? [bothOf(words.atLeast), ' '] : undefined,
        bothOf(level),
      ),
  ];
}

/**
 * @param {PortalData} portal
 * @returns {Child[]}
 */
function pathOf({ hops }) {
  const { words, pageWords, hops: hopWords } = sharedOf();
  const rows = hops.map(({ hop, ipv4, ipv6 }) =>
    element(
      'tr',
      {},
      element(
        'th',
        { scope: 'row' },
        bothOf(hopWords[hop].name),
        element('br', {}),
        element('span', { class: 'soft' }, bothOf(hopWords[hop].question)),
      ),
      sideOf(ipv4),
      sideOf(ipv6),
    ),
  );
  const head = [
    element('th', { scope: 'col' }, bothOf(pageWords.hop)),
    element('th', { scope: 'col', class: 'ipv4' }, 'IPv4'),
    element('th', { scope: 'col', class: 'ipv6' }, 'IPv6'),
  ];
  return sectionOf('path', words.path, tableOf('path', head, rows));
}

/**
 * @param {SideData} side
 * @returns {HTMLElement}
 */
function sideOf({ state, lines, reason }) {
  const { pageWords } = sharedOf();
  const name = /** @type {const} */ ({ pass: 'open', fail: 'closed', unknown: 'unknown' })[state];
  const code = lines.map((line) => element('code', {}, line));
  const open = code.length > 0 ? code : [' ', bothOf(pageWords.byAws)];
  return element(
    'td',
    {},
    element('span', { class: name }, bothOf(pageWords[name])),
    state === 'pass' ? open : reason && [element('br', {}), partlyOf(reason)],
  );
}

/**
 * @param {PortalData} portal
 * @returns {Child[]}
 */
function nextOf({ missing }) {
  if (missing.length === 0) return [];
  const asks = missing.map((ask) => element('li', {}, partlyOf(ask)));
  return sectionOf('next', sharedOf().pageWords.next, element('ul', {}, asks));
}

/**
 * @param {StackData} stack
 * @returns {Child[]}
 */
function figureOf({ picture }) {
  if (picture === undefined) return [];
  const { words, pageWords } = sharedOf();
  const names = picture.names.map((name, index) => `(${index + 1}) ${name}`);
  const legend = names.length > 1 ? element('p', {}, bothOf(words.numbered), ' ', names.join(', ')) : undefined;
  return sectionOf(
    'picture',
    pageWords.picture,
    element(
      'figure',
      {},
      element(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'picture' },
        pictureOf(picture.index),
      ),
      element('figcaption', {}, legend, keyOf('ipv4', 'IPv4'), keyOf('ipv6', 'IPv6')),
    ),
  );
}

/**
 * Entry of the legend: a line as the picture has it.
 *
 * @param {string} family
 * @param {string} name
 * @returns {HTMLElement}
 */
function keyOf(family, name) {
  return element('span', { class: `key ${family}` }, element('span', { class: 'line', 'aria-hidden': 'true' }), name);
}

/**
 * @param {StackData} stack
 * @returns {Child[]}
 */
function addressesOf({ subnets }) {
  if (subnets.length === 0) return [];
  const { pageWords } = sharedOf();
  const head = [
    element('th', { scope: 'col' }, bothOf(pageWords.subnet)),
    element('th', { scope: 'col' }, bothOf(pageWords.zone)),
    element('th', { scope: 'col', class: 'ipv4' }, 'IPv4'),
    element('th', { scope: 'col', class: 'ipv6' }, 'IPv6'),
  ];
  const rows = subnets.map(({ name, zone, ipv4, ipv6 }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, name),
      [zone, ipv4, ipv6].map((cell) => element('td', {}, cell ?? bothOf(pageWords.none))),
    ),
  );
  return sectionOf('addresses', pageWords.addresses, [
    element('p', { class: 'soft' }, bothOf(pageWords.addressNote)),
    tableOf('addresses', head, rows),
  ]);
}

/**
 * @param {readonly FindingData[]} findings
 * @returns {Child[]}
 */
function findingsOf(findings) {
  const { words } = sharedOf();
  const content = findings.length > 0 ? findings.map(findingOf) : element('p', {}, bothOf(words.noFindings));
  return sectionOf('detail-findings', words.findings, content);
}

/**
 * @param {readonly FindingData[]} findings
 * @returns {Child[]}
 */
function waiversOf(findings) {
  const { words } = sharedOf();
  const content = findings.length > 0 ? findings.map(findingOf) : element('p', {}, bothOf(words.noWaivers));
  return sectionOf('detail-waivers', words.waivers, content);
}

/**
 * @param {FindingData} finding
 * @returns {HTMLElement}
 */
function findingOf({ rule: id, severity, result, address, message, fix, place, waiver }) {
  const { words, rules } = sharedOf();
  const rule = rules[id];
  const isUnknown = result === 'unknown';
  const about = fix ?? rule?.fix;
  return element(
    'section',
    { class: `finding ${result === 'fail' ? severity : ''}` },
    element(
      'h4',
      {},
      element(
        'span',
        { class: `count ${result === 'fail' ? severity : result}` },
        bothOf(isUnknown ? words.isUnknown : words[severity]),
      ),
      ` ${id} `,
      rule && partlyOf(rule.title),
    ),
    element('p', {}, englishOf(message)),
    element('p', {}, element('code', {}, address), place && [' ', element('code', {}, place)]),
    element(
      'dl',
      {},
      waiver && [
        entryOf(words.reason, waiver.reason),
        entryOf(words.owner, waiver.owner),
        entryOf(words.expires, waiver.expires),
      ],
      about && entryOf(words.fix, englishOf(about)),
      rule && entryOf(words.why, englishOf(rule.why)),
    ),
  );
}

/**
 * @param {Bilingual} term
 * @param {Child} content
 * @returns {Child}
 */
function entryOf(term, content) {
  return [element('dt', {}, bothOf(term)), element('dd', {}, content)];
}

/**
 * @param {string} id
 * @param {Bilingual} title
 * @param {Child} content
 * @returns {Child[]}
 */
function sectionOf(id, title, content) {
  return [element('section', {}, element('h3', { id }, bothOf(title)), content)];
}

/**
 * @param {string} labelledBy
 * @param {Child} head
 * @param {Child} rows
 * @returns {HTMLElement}
 */
function tableOf(labelledBy, head, rows) {
  return element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': labelledBy },
    element('table', {}, element('thead', {}, element('tr', {}, head)), element('tbody', {}, rows)),
  );
}
