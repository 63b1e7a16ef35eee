"""What a page can be cited as, and what has changed since it was: an incident, a base, or a list under its filter."""

from dataclasses import dataclass
from typing import Any
from zlib import crc32

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.citation import FORMATS, Citation, in_a_line
from app.clock import recorded
from app.language import ENGLISH, _, at, digits, ngettext, numeral, spoken
from app.queries import incidents
from app.queries.filter import IncidentFilter
from app.queries.reference import Names, Revision
from app.web.files import file
from app.web.render import home_of
from app.web.telling import heading
from app.web.view import sentence
from app.web.words import moment, word


@dataclass(frozen=True, slots=True)
class Offer:
    """A reference as a page shows it: in a line, and the names and addresses of its files."""

    line: str
    files: tuple[tuple[str, str], ...]


def offer(one: Citation, path: str, query: str = "") -> Offer:
    """The reference of the page with this path; its files stand at the page's own address with their ending."""
    return Offer(in_a_line(one), tuple((form.name, at(f"{path}.{ending}{query}")) for ending, form in FORMATS.items()))


def reference(one: Citation, ending: str) -> Response:
    """The reference as a file."""
    form = FORMATS[ending]
    return file([form.write(one)], name=f"{one.key}.{ending}", media_type=form.media_type)


def of_incident(request: Request, incident: Any, revision: Revision) -> Citation:
    """An incident as it stands at this revision."""
    path = f"/incidents/{incident.public_id}"
    note = _(
        "Support: %(grading)s; review: %(review)s",
        grading=word("grading", incident.grading),
        review=word("review_status", incident.review_status),
    )
    return _citation(request, incident.public_id, _(": ").join((incident.public_id, heading(incident))), path, "", revision, note)


def of_list(request: Request, chosen: IncidentFilter, names: Names, total: int, revision: Revision) -> Citation:
    """The incidents that a filter finds, and how many they are."""
    title = f"{_counted(total)} {sentence(chosen, names)}"
    return _citation(request, "incidents", title, "/incidents", chosen.query(), revision)


def of_base(request: Request, slug: str, name: str, total: int, revision: Revision) -> Citation:
    """A base, and how many incidents are reported of it."""
    return _citation(request, slug, _(": ").join((name, _counted(total))), f"/bases/{slug}", "", revision)


def _counted(total: int) -> str:
    return ngettext("%(num)s incident reported", "%(num)s incidents reported", total)


def _citation(
    request: Request, name: str, title: str, path: str, query: str, revision: Revision, note: str = ""
) -> Citation:  # fmt: skip
    return Citation(
        key=_key(name, query, revision.number),
        title=title,
        address=f"{home_of(request)}{at(path)}{query}{'&' if query else '?'}revision={revision.number}",
        revision=revision.number,
        revised=recorded(revision.made_at).date(),
        language=spoken().code,
        note=note,
    )


def _key(name: str, query: str, revision: int) -> str:
    """What a reference is called in a bibliography: another one for each filter and language."""
    filtered = f"-{crc32(query.encode()):08x}" if query else ""
    return f"sijill-{name}{filtered}-r{revision}" + ("" if spoken() is ENGLISH else f"-{spoken().code}")


def cited_revision(request: Request, now: int) -> tuple[int | None, str]:
    """The revision at which this address was cited, if it says one; or else what is wrong with what it says."""
    given = request.query_params.get("revision", "")
    return read_revision(given, now) if given else (None, "")


def read_revision(given: str, now: int) -> tuple[int | None, str]:
    """The revision that an address gives, or else what is wrong with it."""
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        return None, _("%(given)s is no revision of this register.", given=repr(given[:40]))
    if int(given) > now:
        return None, _(
            "The register has not reached revision %(given)s yet; it is at %(now)s.", given=digits(given), now=numeral(now)
        )
    return int(given), ""


def since_incident(request: Request, incident: Any, now: int) -> str:
    """What an incident's page says to those who come by a citation; empty for all others."""
    cited, problem = cited_revision(request, now)
    if cited is None:
        return problem
    told = (
        _("Cited at revision %(cited)s: it has changed since. It was last settled at revision %(settled)s, on %(moment)s.")
        if incident.revision > cited
        else _(
            "Cited at revision %(cited)s: it has not changed since. It was last settled at revision %(settled)s, on %(moment)s."
        )
    )
    return told % {"cited": numeral(cited), "settled": numeral(incident.revision), "moment": moment(incident.updated_at)}


def since_list(request: Request, connection: Connection, chosen: IncidentFilter, revision: Revision) -> str:
    """What a list says to those who come by a citation: how many of its incidents were settled anew since."""
    now = revision.number
    cited, problem = cited_revision(request, now)
    if cited is None:
        return problem
    if cited == now:
        return _("Cited at revision %(cited)s: the register has not changed since.", cited=numeral(cited))
    settled, left = incidents.settled_since(connection, chosen, cited), incidents.left_since(connection, chosen, cited)
    said = [_("Cited at revision %(cited)s: the register is at %(now)s now.", cited=numeral(cited), now=numeral(now))]
    if settled:
        said.append(
            ngettext(
                "%(num)s incident listed here is new or has changed since.",
                "%(num)s incidents listed here are new or have changed since.",
                settled,
            )
        )
    else:
        said.append(_("None of the incidents listed here is new or has changed since."))
    if left:
        said.append(
            ngettext(
                "%(num)s that would stand here was rejected, merged or withdrawn.",
                "%(num)s that would stand here were rejected, merged or withdrawn.",
                left,
            )
        )
    said.append(_("What a correction took out of this list does not show in it."))
    return " ".join(said)
