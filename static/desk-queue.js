// One box selects all rows of the page; without script each is selected by itself.
const all = () => document.querySelector("[data-all]");
const show = () => { if (all()) all().hidden = false; };
document.addEventListener("htmx:afterSwap", show);
document.addEventListener("change", (event) => {
  if (event.target !== all()) return;
  for (const box of document.querySelectorAll(`input[name="${all().dataset.all}"]`)) box.checked = all().checked;
});
show();
