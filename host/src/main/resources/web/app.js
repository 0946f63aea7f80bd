// The page of one application: jobs, their vertices, what went wrong. Everything that comes from the
// server is shown as text, never as markup. All links are relative, so that the page works below the
// cluster's proxy. Pages: #/ , #/jobs/ID , #/jobs/ID/vertices/VID .

const REFRESH_MS = 1000;
const main = document.getElementById('main');
const about = document.getElementById('about');
const link = document.getElementById('link');

const TONE = {
  FINISHED: 'good', RUNNING: 'busy', COMMITTING: 'busy', DEPLOYING: 'busy',
  WAITING_FOR_WORKERS: 'warn', RESTARTING: 'warn', CANCELLING: 'warn', CANCELING: 'warn', FAILED: 'bad',
};
const FINAL = new Set(['FINISHED', 'FAILED', 'CANCELED']);

// ---- elements ----------------------------------------------------------------------------------

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) made.setAttribute(key, value);
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined) {
      made.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
  return made;
}

const state = (name) => element('span', { class: `state ${TONE[name] ?? ''}` }, words(name));
const words = (name) => String(name).toLowerCase().replaceAll('_', ' ');

/** A table; a column is [title, number?, row => text or element]. The first column names the row. */
function table(caption, columns, rows, empty) {
  if (rows.length === 0) return element('p', { class: 'notice' }, empty);
  const head = columns.map(([title, number]) =>
    element('th', number ? { scope: 'col', class: 'number' } : { scope: 'col' }, title));
  const body = rows.map((row) => element('tr', {}, columns.map(([, number, cell], index) =>
    index === 0
      ? element('th', { scope: 'row' }, cell(row))
      : element('td', number ? { class: 'number' } : {}, cell(row)))));
  return element('div', { class: 'scroll', role: 'region', 'aria-label': caption, tabindex: '0' },
    element('table', { 'aria-label': caption },
      element('thead', {}, element('tr', {}, head)), element('tbody', {}, body)));
}

function facts(pairs) {
  return element('dl', { class: 'facts' }, pairs.map(([name, value]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, value))));
}

// ---- numbers -----------------------------------------------------------------------------------

const whole = new Intl.NumberFormat('en');
const count = (n) => whole.format(n);

function bytes(n) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let value = n;
  while (value >= 1024 && unit < units.length - 1) { value /= 1024; unit += 1; }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

function duration(ms) {
  if (ms < 1000) return `${ms} ms`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const time = (ms) => (ms > 0 ? new Date(ms).toLocaleString() : '–');

// ---- pages -------------------------------------------------------------------------------------

const jobLink = (job) => element('a', { href: `#/jobs/${encodeURIComponent(job.id)}` }, job.name);

const showAbout = (overview) => {
  about.textContent = `version ${overview.version}, epoch ${overview.epoch}`;
};

async function overviewPage() {
  const [overview, list] = await Promise.all([get('v1/overview'), get('v1/jobs')]);
  showAbout(overview);
  const slots = overview.workers.reduce((sum, worker) => sum + worker.slots, 0);
  const free = overview.workers.reduce((sum, worker) => sum + worker.freeSlots, 0);
  const running = list.jobs.filter((job) => !FINAL.has(job.state)).length;
  return ['Millrace', [
    element('h2', {}, 'Application'),
    facts([
      ['Jobs running', count(running)], ['Jobs in all', count(list.jobs.length)],
      ['Workers', count(overview.workers.length)], ['Slots, free of all', `${count(free)} of ${count(slots)}`],
      ['Started', time(overview.startedAtMs)],
    ]),
    element('h3', {}, 'Jobs'),
    table('Jobs', [
      ['Job', false, jobLink], ['State', false, (job) => state(job.state)],
      ['Started', false, (job) => time(job.startedAtMs)],
      ['Duration', true, (job) => duration(job.durationMs)],
      ['Records in', true, (job) => count(job.recordsIn)],
      ['Records out', true, (job) => count(job.recordsOut)],
    ], list.jobs, 'No job has been submitted yet.'),
    element('h3', {}, 'Workers'),
    table('Workers', [
      ['Worker', false, (worker) => worker.id], ['Host', false, (worker) => worker.host],
      ['Slots', true, (worker) => count(worker.slots)],
      ['Free', true, (worker) => count(worker.freeSlots)],
    ], overview.workers, 'No worker has registered yet.'),
    overview.blockedNodes.length === 0 ? null : element('h3', {}, 'Blocked nodes'),
    overview.blockedNodes.length === 0 ? null : table('Blocked nodes', [
      ['Node', false, (node) => node.node], ['Until', false, (node) => time(node.untilMs)],
      ['Reason', false, (node) => node.reason],
    ], overview.blockedNodes, ''),
  ]];
}

async function jobPage(id) {
  const path = `v1/jobs/${encodeURIComponent(id)}`;
  const [job, failures] = await Promise.all([get(path), get(`${path}/exceptions`)]);
  const names = new Map(job.vertices.map((vertex) => [vertex.id, vertex.name]));
  return [`${job.name} – ${words(job.state)}`, [
    crumbs(['Application', '#/'], [job.name]),
    element('h2', {}, job.name, ' ', state(job.state)),
    element('p', { class: 'id' }, job.id),
    facts([
      ['Mode', words(job.mode)], ['Duration', duration(job.durationMs)],
      ['Started', time(job.startedAtMs)], ['Ended', time(job.endedAtMs)],
      ['Restarts', count(job.restarts)],
      ['Records in', count(job.recordsIn)], ['Records out', count(job.recordsOut)],
    ]),
    job.failure ? failure('Why it failed', job.failure) : null,
    element('h3', {}, 'Vertices'),
    table('Vertices', [
      ['Vertex', false, (vertex) => element('a',
        { href: `#/jobs/${encodeURIComponent(job.id)}/vertices/${vertex.id}` }, vertex.name)],
      ['State', false, (vertex) => state(vertex.state)],
      ['Parallelism', true, (vertex) => element('span', { title: vertex.decision ?? '' },
        count(vertex.parallelism), vertex.decision ? ' *' : '')],
      ['Tasks', false, (vertex) => Object.entries(vertex.tasks)
        .map(([name, number]) => `${number} ${words(name)}`).join(', ')],
      ['Records in', true, (vertex) => count(vertex.recordsIn)],
      ['Records out', true, (vertex) => count(vertex.recordsOut)],
      ['Bytes in', true, (vertex) => bytes(vertex.bytesIn)],
      ['Bytes out', true, (vertex) => bytes(vertex.bytesOut)],
    ], job.vertices, 'The job has no vertices.'),
    job.edges.length === 0 ? null : element('h3', {}, 'Exchanges'),
    job.edges.length === 0 ? null : table('Exchanges', [
      ['From', false, (edge) => names.get(edge.source) ?? edge.source],
      ['To', false, (edge) => names.get(edge.target) ?? edge.target],
      ['Partitioning', false, (edge) => words(edge.partitioning)],
    ], job.edges, ''),
    element('h3', {}, 'Exceptions'),
    failures.exceptions.length === 0
      ? element('p', { class: 'notice' }, 'Nothing has failed.')
      : failures.exceptions.map((one) => failure(
        [time(one.atMs), one.task, one.worker ? `on ${one.worker}` : null].filter(Boolean).join(', '), one)),
  ]];
}

async function vertexPage(id, vertexId) {
  const path = `v1/jobs/${encodeURIComponent(id)}`;
  const [job, vertex, watermarks] = await Promise.all([
    get(path), get(`${path}/vertices/${encodeURIComponent(vertexId)}`),
    get(`${path}/vertices/${encodeURIComponent(vertexId)}/watermarks`)]);
  return [`${vertex.name} – ${job.name}`, [
    crumbs(['Application', '#/'], [job.name, `#/jobs/${encodeURIComponent(id)}`], [vertex.name]),
    element('h2', {}, vertex.name, ' ', state(vertex.state)),
    facts([
      ['Parallelism', count(vertex.parallelism)],
      ...(vertex.decision ? [['Decided by', vertex.decision]] : []),
      ['Records in', count(vertex.recordsIn)], ['Records out', count(vertex.recordsOut)],
      ['Bytes in', bytes(vertex.bytesIn)], ['Bytes out', bytes(vertex.bytesOut)],
      ...(vertex.localReadBytes + vertex.remoteReadBytes > 0
        ? [['Stored, on own worker', bytes(vertex.localReadBytes)],
          ['Stored, elsewhere', bytes(vertex.remoteReadBytes)]] : []),
    ]),
    element('h3', {}, 'Subtasks'),
    table('Subtasks', [
      ['Subtask', false, (task) => task.subtask], ['State', false, (task) => state(task.state)],
      ['Attempt', true, (task) => count(task.attempt)],
      ['Worker', false, (task) => task.worker ?? '–'], ['Host', false, (task) => task.host ?? '–'],
      ['Records in', true, (task) => count(task.recordsIn)],
      ['Records out', true, (task) => count(task.recordsOut)],
      ['Bytes in', true, (task) => bytes(task.bytesIn)],
      ['Bytes out', true, (task) => bytes(task.bytesOut)],
    ], vertex.subtasks, 'No subtask has been deployed yet.'),
    element('h3', {}, 'Event time'),
    table('Event time', [
      ['Subtask', false, (task) => task.subtask],
      ['Watermark in', false, (task) => watermark(task, task.inputWatermark)],
      ['Watermark out', false, (task) => watermark(task, task.outputWatermark)],
      ['What holds it', false, (task) => task.summary],
    ], watermarks.subtasks, 'No subtask has been deployed yet.'),
  ]];
}

// Far timestamps are no dates.
const watermark = (task, ms) => task.ended ? 'end' : ms === null ? 'none'
  : Math.abs(ms) > 8.64e15 ? `${ms} ms` : new Date(ms).toISOString();

function crumbs(...steps) {
  return element('nav', { class: 'crumbs', 'aria-label': 'Where you are' }, steps.map(([text, href], index) => [
    index === 0 ? null : ' / ', href ? element('a', { href }, text) : text]));
}

function failure(title, report) {
  const key = `${title}${report.summary}`;
  const details = !report.stackTrace ? null : element('details',
    { 'data-key': key }, element('summary', {}, 'Stack trace'), element('pre', {}, report.stackTrace));
  return element('section', { class: 'failure' },
    element('p', {}, title),
    element('p', { class: 'what' }, `${report.code}: ${report.summary}`),
    report.operator ? element('p', {}, 'Operator: ', report.operator) : null,
    details);
}

// ---- the loop ----------------------------------------------------------------------------------

async function get(path) {
  const response = await fetch(path, { headers: { Accept: 'application/json' }, cache: 'no-store' });
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => null);
  throw new Error(problem?.message ?? `the server answered ${response.status}`);
}

function page() {
  const parts = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  if (parts[0] === 'jobs' && parts[2] === 'vertices') return vertexPage(parts[1], parts[3]);
  return parts[0] === 'jobs' && parts[1] ? jobPage(parts[1]) : overviewPage();
}

let shown = null;   // what is on the page now, to leave it alone while nothing changes
let turn = 0;       // a later navigation makes earlier answers void

function show(content) {
  const next = element('div', {}, content);
  if (shown !== null && shown.hash === location.hash && shown.text === next.innerHTML) return;
  const open = new Set([...main.querySelectorAll('details[open]')].map((one) => one.dataset.key));
  const focus = document.activeElement?.getAttribute?.('href');
  shown = { hash: location.hash, text: next.innerHTML };
  main.replaceChildren(...next.childNodes);
  for (const one of main.querySelectorAll('details')) one.open = open.has(one.dataset.key);
  if (focus) main.querySelector(`a[href="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
}

async function refresh() {
  const mine = ++turn;
  try {
    const [title, content] = await page();
    if (mine !== turn) return;
    document.title = title;
    link.className = '';
    link.textContent = 'Live, refreshed every second';
    show(content);
  } catch (error) {
    if (mine !== turn) return;
    link.className = 'lost';
    link.textContent = 'Not up to date';
    if (shown === null || shown.hash !== location.hash) {
      show([element('p', { class: 'notice' }, `Cannot show this: ${error.message}`)]);
      shown = null;
    }
  }
}

async function loop() {
  await refresh();
  setTimeout(loop, REFRESH_MS);
}

// Every page says the version; only the first one asks for it again and again.
get('v1/overview').then(showAbout).catch(() => { about.textContent = ''; });
addEventListener('hashchange', () => { shown = null; main.focus(); refresh(); });
loop();
