"""The pages of the desk as its bar lists them."""

from app.language import N_

DESK_PAGES = (
    ("/desk", N_("Queue"), "editor"),
    ("/desk/reports", N_("Reports"), "editor"),
    ("/desk/import", N_("Spreadsheet"), "editor"),
    ("/desk/sample", N_("Sample"), "editor"),
    ("/desk/jobs", N_("Rereading"), "editor"),
    ("/desk/bases", N_("Bases"), "admin"),
    ("/desk/sources", N_("Sources"), "admin"),
    ("/desk/actors", N_("Actors"), "admin"),
    ("/desk/accounts", N_("Accounts"), "admin"),
)
"""Address, name, and the role that it takes to see the page."""
