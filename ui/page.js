// Behaviour of the page, run once by the hidden component "bus": it hears every control that carries data-do,
// wherever it is drawn, and hands it on to Python through trigger(name, data). Everything drawn from data comes
// from the templates; this file only toggles, moves and announces.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const body = document.body;
const wide = () => matchMedia('(min-width: 1100px)').matches;
const busy = () => body.dataset.busy === '1';
let opener = null; // what had the focus before the drawer or the vote form opened

// --- drawer ---------------------------------------------------------------------------------------------------
function openDrawer(panel, from) {
  opener = from && from.isConnected ? from : document.activeElement;
  body.dataset.drawer = panel;
  $$('[data-do="drawer"]').forEach(b => b.setAttribute('aria-expanded', String(b.dataset.panel === panel)));
  const drawer = $('#drawer');
  drawer.setAttribute('role', 'dialog');
  drawer.setAttribute('aria-label', { details: 'Product details', saved: 'Saved items', session: 'This conversation', xray: 'X-ray' }[panel]);
  focusOnceShown('#drawer .close-drawer', 50);
  if (panel === 'xray') trigger('look_through', {}); // painted only for those who look
}
function focusOnceShown(selector, tries) { // what slides in cannot have the focus before it is to be seen
  const wanted = $(selector);
  wanted?.focus({ preventScroll: true });
  if (tries && document.activeElement !== wanted && body.dataset.drawer) setTimeout(focusOnceShown, 60, selector, tries - 1);
}
function closeDrawer() {
  if (!body.dataset.drawer) return;
  delete body.dataset.drawer;
  $$('[data-do="drawer"]').forEach(b => b.setAttribute('aria-expanded', 'false'));
  if (opener?.isConnected) opener.focus({ preventScroll: true });
}

function closeCamera() { // a hidden picture must not leave the camera on
  body.dataset.camera = '';
  $$('#snapshot video').forEach(v => v.srcObject?.getTracks().forEach(track => track.stop()));
}
document.addEventListener('photographed', closeCamera);

// --- votes ----------------------------------------------------------------------------------------------------
let voting = null;
function openVote(data, from) {
  voting = data;
  opener = from;
  const form = $('#vote-more');
  form.reset();
  form.dataset.side = data.value === '1' ? 'up' : 'down';
  $('#vote-title').textContent = data.value === '1' ? 'Thank you. What was good?' : 'Thank you. What was wrong?';
  form.hidden = false;
}
function closeVote() {
  const form = $('#vote-more');
  if (form.hidden) return;
  const inside = form.contains(document.activeElement);
  form.hidden = true;
  if (inside && opener?.isConnected) opener.focus({ preventScroll: true });
}

// --- marks: votes and saved items, painted onto whatever is drawn -----------------------------------------------
function press(button, on) {
  if (button.getAttribute('aria-pressed') !== String(on)) button.setAttribute('aria-pressed', String(on));
}
// Presses that Python has not answered yet. They go one after another, again where no answer comes: Gradio may lose
// an event that is sent while it closes the stream of the one before.
const unheard = new Map(), PATIENCE = 5000; // milliseconds
let underWay = null, timer = 0;
function send(name, key, data) {
  unheard.delete(key); // of two presses on one thing the later counts, and goes last
  unheard.set(key, { name, key, data, tries: 3 });
  paint();
  if (!underWay) sendFirst();
}
function sendFirst() {
  if (underWay && !underWay.tries) forget();
  [underWay = null] = unheard.values();
  timer = underWay ? setTimeout(sendFirst, PATIENCE) : 0;
  if (underWay) { underWay.tries -= 1; trigger(underWay.name, underWay.data); }
}
function forget() {
  if (underWay && unheard.get(underWay.key) === underWay) unheard.delete(underWay.key);
}
function hear() {
  clearTimeout(timer);
  if (underWay?.name === 'cast_vote') tabs.postMessage({ votes: shown }); // it is kept now, for others to read
  forget();
  sendFirst();
}
function label(selector, text) {
  $$(selector).forEach(e => { if (e.getAttribute('aria-label') !== text) e.setAttribute('aria-label', text); });
}
function paint() {
  label('#box textarea', 'Message to the shop assistant');
  label('#box .upload-button', 'Add a photo');
  label('#box .submit-button', 'Send');
  label('#chat .user-row button', 'Your photo, larger');
  const votes = { ...props.value.votes }, saved = new Set(props.value.saved);
  unheard.forEach(({ name, data }, key) => {
    if (name === 'cast_vote') votes[key] = data;
    if (name === 'keep_item') saved[data.on ? 'add' : 'delete'](data.item);
  });
  $$('[data-do="cast_vote"]').forEach(b => {
    const vote = votes[b.dataset.turn + '|' + b.dataset.item];
    press(b, Boolean(vote) && String(vote.value) === b.dataset.value);
  });
  $$('[data-do="keep_item"]').forEach(b => press(b, saved.has(b.dataset.item)));
  if (next) $$('[data-do]').forEach(b => b.classList.toggle('waits', JSON.stringify({ ...b.dataset }) === next.data));
  noteSession();
  const count = $('.tools .count');
  if (count) { count.hidden = !saved.size; if (count.textContent !== String(saved.size)) count.textContent = saved.size; }
  // Gradio labels every message with its whole text again; a screen reader would hear it twice.
  $$('#chat [data-testid=user], #chat [data-testid=bot]').forEach(m => m.removeAttribute('aria-label'));
  const log = $('#chat [role=log]');
  if (log && log.getAttribute('aria-live') !== 'off') log.setAttribute('aria-live', 'off'); // #status speaks instead
}

// A press that comes while an answer does waits for its end: of several the last one, which is to be seen till then.
let next = null;
function onceFree(button, run) {
  const data = { ...button.dataset };
  if (!busy()) { run(data); return; }
  next = { data: JSON.stringify(data), run: () => run(data) };
  paint();
}
function runNext() {
  if (busy()) return;
  const { run } = next ?? {};
  next = null;
  $$('.waits').forEach(b => b.classList.remove('waits'));
  run?.();
}

// --- other tabs of this browser: what is saved is saved in all, and one conversation goes on in all that show it ---
const tabs = new BroadcastChannel('mercer ' + document.title), HERE = 'mercer-here ' + document.title;
let shown = '', behind = false; // the id of the conversation; whether a tab has told of what could not be painted yet
tabs.onmessage = ({ data }) => {
  if (data.item) send('keep_item', data.item, { ...data, own: false });
  else if (data.votes && data.votes === shown) send('see_votes', 'votes', {});
  else if (data.session && data.session === shown) catchUp();
};
function catchUp() {
  behind = busy();
  if (!behind) trigger('catch_up', {});
}
function noteSession() {
  const id = $('#session-id')?.textContent ?? '';
  if (id === shown) return;
  if (id) sessionStorage.setItem(HERE, id); else sessionStorage.removeItem(HERE);
  tellTabs(); // that may be deleted now
  shown = id;
}
const tellTabs = () => tabs.postMessage({ session: shown });

// --- one listener for all controls ------------------------------------------------------------------------------
const local = {
  drawer: b => (body.dataset.drawer === b.dataset.panel ? closeDrawer() : openDrawer(b.dataset.panel, b)),
  skip: () => $('#box textarea').focus(),
  close_drawer: closeDrawer,
  close_vote: closeVote,
  theme() {
    const dark = body.classList.toggle('dark');
    localStorage.setItem('mercer-theme', dark ? 'dark' : 'light');
  },
  copy(b) {
    const done = () => { b.classList.add('done'); setTimeout(() => b.classList.remove('done'), 1500); };
    if (navigator.clipboard) navigator.clipboard.writeText(b.dataset.text).then(done);
    else { getSelection().selectAllChildren($('#session-id')); document.execCommand('copy'); done(); }
  },
  edit_chip(b) {
    const form = $('form', b.closest('.chip'));
    form.hidden = !form.hidden;
    if (!form.hidden) { form.value.focus(); form.value.select(); }
  },
  look_at(b) { trigger('look_at', { item: b.dataset.item }); openDrawer('details', b); },
  keep_item(b) {
    const press = { item: b.dataset.item, on: b.getAttribute('aria-pressed') !== 'true' };
    send('keep_item', press.item, { ...press, own: true });
    tabs.postMessage(press);
  },
  cast_vote(b) {
    const back = b.getAttribute('aria-pressed') === 'true'; // a second press takes the vote back
    const data = { turn: b.dataset.turn, item: b.dataset.item, value: back ? '0' : b.dataset.value };
    send('cast_vote', data.turn + '|' + data.item, { ...data, reason: '', comment: '' });
    if (back) closeVote(); else openVote(data, b);
  },
  turn_act(b) {
    if (!wide()) closeDrawer();
    onceFree(b, ({ kind, key }) => { begin(); trigger('turn_act', { kind, key, value: '' }); });
  },
  try_example(b) { onceFree(b, ({ n }) => { begin(); trigger('try_example', { n }); }); },
  stop_turn() { if (busy()) trigger('stop_turn', {}); },
  start_fresh(b) { onceFree(b, () => { closeDrawer(); trigger('start_fresh', {}); $('#box textarea')?.focus(); }); },
  set_record(b) { onceFree(b, ({ on }) => trigger('set_record', { on })); },
  set_rerank(b) {
    if (busy()) return;
    b.setAttribute('aria-checked', String(b.dataset.on === '1'));
    trigger('set_rerank', { on: b.dataset.on });
  },
  read_item(b) {
    if (busy()) return;
    b.disabled = true; // until the answers are painted over it
    b.textContent = 'The model reads…';
    trigger('read_item', { item: $('select', b.parentElement).value });
  },
  both_ways(b) {
    if (busy()) return;
    b.disabled = true; // until the first answer is painted over it
    b.textContent = 'The model answers…';
    trigger('both_ways', {});
  },
  camera() {
    if (body.dataset.camera === '1') { closeCamera(); return; }
    if (navigator.mediaDevices?.getUserMedia) { body.dataset.camera = '1'; return; }
    const input = $('#box input[type=file]'); // a plain http page: phones still open their own camera
    input.setAttribute('capture', 'environment'); input.click(); input.removeAttribute('capture');
  },
};
document.addEventListener('click', event => {
  const control = event.target.closest?.('[data-do]');
  if (!control || control.tagName === 'FORM') return;
  if (control.tagName === 'A') event.preventDefault();
  local[control.dataset.do]?.(control);
});
document.addEventListener('submit', event => {
  const form = event.target.closest?.('form[data-do]');
  if (!form) return;
  event.preventDefault();
  const field = Object.fromEntries(new FormData(form));
  if (form.dataset.do === 'turn_act' && field.value.trim()) {
    const value = field.value.trim();
    onceFree(form, ({ kind, key }) => { begin(); trigger('turn_act', { kind, key, value }); });
  } else if (form.dataset.do === 'vote_more') {
    const said = { ...voting, reason: field.reason || '', comment: field.comment.trim() };
    send('cast_vote', said.turn + '|' + said.item, said);
    closeVote();
  } else if (form.dataset.do === 'rate_session' && field.stars) {
    trigger('rate_session', { stars: field.stars, comment: field.comment.trim() });
  }
});
// While a turn runs the box can be typed in, but not sent: the next message waits for the answer. A turn runs from the
// moment it is sent, not from the first word of the server; that empties the box, but for what was typed since.
const LOST = 30000; // milliseconds after which an event without any answer was lost, and may be sent again
let begun = 0, sent = '', typed = null;
function begin() {
  body.dataset.busy = '1';
  clearTimeout(begun);
  begun = setTimeout(() => { delete body.dataset.busy; }, LOST);
}
function answered() { // the server has painted whether it is busy
  clearTimeout(begun);
  if (typed !== null) keepTyped(typed.startsWith(sent) ? typed.slice(sent.length) : typed, 20);
  typed = null;
}
function keepTyped(text, frames) { // once the box is emptied
  const box = $('#box textarea');
  if (box.value && frames) requestAnimationFrame(() => keepTyped(text, frames - 1));
  else if (!box.value && text) { box.value = text; box.dispatchEvent(new Event('input', { bubbles: true })); }
}
const guard = event => {
  if (!event.target.closest?.('#box') || event.isComposing) return;
  if (event.type === 'keydown' ? event.key !== 'Enter' || event.shiftKey : !event.target.closest('.submit-button')) return;
  if (busy()) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  sent = $('#box textarea').value;
  typed = null;
  if (!sent.trim() && !$('#box .thumbnail-item')) return;
  begin();
  sessionStorage.setItem(SENT, sent);
};
const SENT = 'mercer-sent'; // words whose answer has not come yet: a reload puts them back into the box
function putBack() {
  const words = sessionStorage.getItem(SENT), bare = text => text.replace(/\s/g, '');
  sessionStorage.removeItem(SENT);
  if (words && !bare($$('#chat .user-row').at(-1)?.textContent ?? '').includes(bare(words))) keepTyped(words, 0);
}
let opening = true; // until the conversation of the last visit is back
document.addEventListener('input', event => {
  if (begun && busy() && event.isTrusted && event.target.matches('#box textarea')) typed = event.target.value;
});
// A photo may be dropped anywhere; beside the box the browser would leave the page for it.
document.addEventListener('dragover', event => event.preventDefault());
document.addEventListener('drop', event => {
  if (event.target.closest?.('#box')) return; // Gradio's own
  event.preventDefault();
  const input = $('#box input[type=file]');
  if (!event.dataTransfer.files.length || !input) return;
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
});
document.addEventListener('keydown', guard, true);
document.addEventListener('click', guard, true);
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  const form = event.target.closest?.('.chip-form');
  if (form) { form.hidden = true; $('[data-do=edit_chip]', form.closest('.chip')).focus(); return; }
  if (!$('#vote-more').hidden) closeVote(); else if (body.dataset.camera === '1') closeCamera(); else closeDrawer();
});

// --- painting after Gradio painted ------------------------------------------------------------------------------
let turns = 0, frame = 0;
function follow() { // a new turn goes to the top of the window, its answer grows below it
  const rows = $$('#chat .user-row');
  if (rows.length > turns) {
    if (turns) show(rows.at(-1), matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth');
    else {
      show(rows.at(-1), 'instant');
      [200, 600, 1200].forEach(wait => setTimeout(showLast, wait)); // cards above it are still being laid out
    }
  }
  turns = rows.length;
  body.dataset.talking = turns ? '1' : '';
}
const show = (row, behavior) => row?.scrollIntoView({ block: 'start', behavior });
let moved = false; // whether the shopper has moved about in what is back of the last visit
const showLast = () => { if (!moved) show($$('#chat .user-row').at(-1), 'instant'); };
['wheel', 'touchmove', 'pointerdown', 'keydown'].forEach(
  name => document.addEventListener(name, () => { moved = true; }, { passive: true }));
history.scrollRestoration = 'manual';
new MutationObserver(() => {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(() => { paint(); follow(); });
}).observe(body, { childList: true, subtree: true });
function showEnd() { // a vote line that the message box just covers, where the question stays in view
  const row = $$('#chat .user-row').at(-1)?.getBoundingClientRect(), end = $$('#chat .verdict').at(-1)?.getBoundingClientRect();
  if (!row || !end) return;
  const under = end.bottom - $('#composer').getBoundingClientRect().top, top = $('#header').getBoundingClientRect().bottom;
  if (under > 0 && row.top - under > top) scrollBy({ top: under, behavior: 'instant' });
}
new MutationObserver(changes => { // an answer is complete: an open X-ray shows how it was found
  if (changes.some(change => change.oldValue === '1')) answered();
  if (changes[0].oldValue !== '1' || busy()) return;
  if (opening) setTimeout(putBack, 300); else sessionStorage.removeItem(SENT); // 300: once the chat is painted
  if (!opening) setTimeout(tellTabs, 200); // once it is painted which conversation this is
  opening = false;
  setTimeout(runNext, 300); // once the stream of the answer is closed: Gradio may lose what is sent before
  if (behind) catchUp();
  if (body.dataset.drawer === 'xray') trigger('look_through', {});
  requestAnimationFrame(showEnd);
}).observe(body, { attributeFilter: ['data-busy'], attributeOldValue: true });
watch('value', () => { hear(); paint(); });

// --- once -------------------------------------------------------------------------------------------------------
const chosen = localStorage.getItem('mercer-theme');
if (chosen) body.classList.toggle('dark', chosen === 'dark');
document.documentElement.lang = 'en';
body.dataset.busy ??= '1'; // until the conversation of the last visit is back: a message sent before would be lost
setTimeout(() => { paint(); follow(); }, 0);
