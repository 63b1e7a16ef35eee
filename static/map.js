// A base stands on the map and in the list: what is pointed at, or reached by key, is marked in both.
function siteOf(element) {
  const marker = element?.closest?.(".leaflet-marker-icon");
  return (marker?.querySelector("[data-site]") ?? element?.closest?.("[data-site]"))?.dataset.site;
}

for (const kind of ["pointerover", "focusin", "focusout"]) {
  document.addEventListener(kind, (event) => {
    const site = siteOf(kind === "focusout" ? event.relatedTarget : event.target) ?? siteOf(document.activeElement);
    for (const one of document.querySelectorAll("[data-site]")) one.classList.toggle("lit", one.dataset.site === site);
  });
}

// Who opens a symbol by key goes on in what it opened; Escape closes it and leads back.
let opener;
document.addEventListener("keyup", (event) => {
  if (event.key === "Enter" && event.target.matches(".leaflet-marker-icon")) {
    opener = event.target;
    opener.closest(".map").querySelector(".leaflet-popup a")?.focus();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest(".leaflet-popup, .leaflet-marker-icon")) {
    document.querySelector(".leaflet-popup-close-button")?.click();
    opener?.focus();
  }
});

if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
  L.Map.mergeOptions({ fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false, inertia: false });
}
