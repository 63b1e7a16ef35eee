// Where a part of a page cannot be had, the whole page is asked for: it says what is wrong.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    location.assign(event.detail.pathInfo.finalRequestPath);
  });
}

// A field of the filter that is being typed into outlives the replacement of the view around it, with what is typed so far.
let typed;
document.addEventListener("htmx:beforeSwap", () => {
  const field = document.activeElement;
  typed = field?.matches(".filter input:not([type=checkbox])") ? field : undefined;
});
document.addEventListener("htmx:afterSwap", () => {
  const fresh = typed && document.getElementById(typed.id);
  if (fresh && fresh !== typed && (fresh.value !== typed.value || typed.validity.badInput)) {
    const value = typed.value;
    fresh.replaceWith(typed);
    // What the field is compared with when it is left is what the view shows.
    if (!typed.validity.badInput) typed.value = fresh.value;
    htmx.process(typed);
    if (!typed.validity.badInput) typed.value = value;
    typed.focus();
  }
  typed = undefined;
});
