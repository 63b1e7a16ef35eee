// The review of an incident: a field and its words find each other, keys do what buttons do, and nothing typed is lost.
const form = document.getElementById("review");
const typing = (element) => element.matches("input:not([type=checkbox], [type=hidden]), select, textarea, [contenteditable]");
const lines = [...form.querySelectorAll(".line")];
let field; // the line that was used last

// ── A field and its words ──
const marksOf = (name) => [...document.querySelectorAll(`.texts mark[data-fields~="${name}"]`)];
function look(line) {
  field = line;
  for (const old of document.querySelectorAll(".line.current, mark.current")) old.classList.remove("current");
  line.classList.add("current");
  const marks = marksOf(line.dataset.field);
  for (const mark of marks) mark.classList.add("current");
  if (marks[0]) {
    const box = marks[0].closest(".texts");
    const away = marks[0].getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTo({ top: box.scrollTop + away - box.clientHeight / 3 });
  }
  offerWords();
}
form.addEventListener("focusin", (event) => {
  const line = event.target.closest(".line");
  if (line) look(line);
});
document.querySelector(".texts").addEventListener("click", (event) => {
  const mark = event.target.closest("mark[data-fields]");
  if (!mark || !getSelection().isCollapsed) return;
  const line = document.getElementById(`line-${mark.dataset.fields.split(" ")[0]}`);
  if (line) line.querySelector("input:not([type=hidden]), select, textarea").focus();
});

// ── Words that are selected back a field ──
const offer = document.getElementById("choose-words");
function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const text = range.commonAncestorContainer.parentElement?.closest(".text[data-report]");
  if (!text) return null;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  // The register counts characters, a browser's strings count halves of some.
  const start = [...before.toString()].length;
  return { words: range.toString(), name: `${text.dataset.report}:${start}:${start + [...range.toString()].length}` };
}
function offerWords() {
  const found = selected();
  offer.hidden = !found || !field;
  if (!offer.hidden) offer.querySelector("[data-words-field]").textContent = field.querySelector("label").textContent;
}
document.addEventListener("selectionchange", offerWords);
function showQuote(line, words) {
  const quote = document.createElement("q");
  quote.dir = "auto";
  quote.textContent = words;
  line.querySelector("[data-quote]").replaceChildren(quote);
}
function takeWords() {
  const found = selected();
  if (!found || !field) return;
  field.querySelector(`[name="words-${field.dataset.field}"]`).value = found.name;
  showQuote(field, found.words);
  getSelection().removeAllRanges();
  field.querySelector("input:not([type=hidden]), select, textarea").focus();
  keepDraft();
}
offer.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
offer.addEventListener("click", takeWords);

// ── What was changed shows, and outlives the page ──
const inputs = [...form.querySelectorAll("[data-held]")];
const words = [...form.querySelectorAll('[name^="words-"]')];
const others = [form.elements.reason, form.elements.quote].filter(Boolean);
const changed = () =>
  inputs.some((one) => one.value !== one.dataset.held) || words.some((one) => one.value) || others.some((one) => one.value !== one.defaultValue);
function showChanges() {
  for (const one of inputs) one.closest(".line").classList.toggle("changed", one.value !== one.dataset.held);
  form.classList.toggle("dirty", changed());
}
const draft = `sijill-draft:${location.pathname}`;
function keepDraft() {
  showChanges();
  const values = Object.fromEntries([...inputs, ...words, ...others].map((one) => [one.name, one.value]));
  const quotes = Object.fromEntries(words.filter((one) => one.value).map((one) => [one.name, one.closest(".line").querySelector("[data-quote]").textContent]));
  if (changed()) localStorage.setItem(draft, JSON.stringify({ values, quotes, seen: form.elements.seen?.value }));
  else localStorage.removeItem(draft);
}
form.addEventListener("input", keepDraft);
let sending = false;
form.addEventListener("submit", (event) => {
  if (sending) event.preventDefault(); // a double click sends once; the register would do it once too
  sending = true;
  sessionStorage.setItem("sijill-sent", draft);
});
addEventListener("pageshow", () => (sending = false));
addEventListener("beforeunload", (event) => {
  if (!sending && form.classList.contains("dirty")) event.preventDefault();
});
if (new URLSearchParams(location.search).has("done")) {
  localStorage.removeItem(sessionStorage.getItem("sijill-sent"));
  sessionStorage.removeItem("sijill-sent");
}
const kept = JSON.parse(localStorage.getItem(draft) ?? "null");
const note = document.getElementById("draft");
if (kept && !form.querySelector(".error:not(:empty)") && !changed()) {
  note.hidden = false;
  note.addEventListener("click", (event) => {
    const act = event.target.dataset.draft;
    if (!act) return;
    note.hidden = true;
    if (act === "drop") return localStorage.removeItem(draft);
    for (const [name, value] of Object.entries(kept.values)) if (form.elements[name]) form.elements[name].value = value;
    for (const [name, quote] of Object.entries(kept.quotes ?? {})) if (form.elements[name]) showQuote(form.elements[name].closest(".line"), quote);
    if (kept.seen) form.elements.seen.value = kept.seen; // what was saved since is shown before this is
    showChanges();
  });
}
showChanges();

// ── Keys ──
const sheet = document.getElementById("keys");
const single = sheet.querySelector("[data-keys]");
single.checked = localStorage.getItem("sijill-keys") !== "off";
single.addEventListener("change", () => localStorage.setItem("sijill-keys", single.checked ? "on" : "off"));
for (const opener of document.querySelectorAll("[data-help]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => sheet.showModal());
}
function step(by) {
  const seen = lines.filter((line) => line.closest("details").open);
  const next = seen[Math.max(0, Math.min(seen.length - 1, seen.indexOf(field) + by))];
  look(next);
  next.scrollIntoView({ block: "nearest" });
}
document.addEventListener("keydown", (event) => {
  const element = event.target;
  if (event.key === "Escape" && typing(element)) return element.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || typing(element) || sheet.open || !single.checked) return;
  // An Arabic keyboard writes other letters with the same keys.
  const key = /^Key/.test(event.code) && event.key > "~" ? event.code[3].toLowerCase() : event.key;
  if (event.repeat && key !== "j" && key !== "k") return; // a key held down would accept the next one unread
  const target = form.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (key === "?" || key === "؟") sheet.showModal();
  else if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
  else if (key === "Enter" && field && element === document.body) field.querySelector("input:not([type=hidden]), select, textarea").focus();
  else if (key === "e") takeWords();
  else if (key === "u") document.querySelector(".done button")?.click();
  else if (target?.tagName === "DETAILS") {
    target.open = true;
    target.querySelector("select, input").focus();
  } else if (target?.matches("input")) target.focus();
  else if (target) target.click();
  else return;
  event.preventDefault();
});

// ── Others see that it is open ──
setInterval(() => {
  if (!document.hidden && form.dataset.open) fetch(form.dataset.open, { method: "POST" });
}, 120000);

// The words of the page's first field are in sight from the start.
if (lines[0]) field = lines[0];
