"""The machine's report card as a public page: how well it reads, by field, with how sure that is."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from app.db import snapshot
from app.evaluate.card import ATTACK_FIELDS, CODED, FEWEST, TOTAL_FIELDS, Agreement, Card, Score, agreement, card
from app.evaluate.estimates import wilson
from app.evaluate.figures import Share
from app.language import N_, _, digits
from app.queries.card import sampled
from app.web.render import Pages
from app.web.words import word

FIELDS = {"munitions_min": "munitions_low", "munitions_max": "munitions_high", "origins": "origin", "date": "date_start"}
"""What evaluation and the register call by two names."""
OF_TOTAL = {
    "count": N_("How many"),
    "scope": N_("What it covers"),
    "op": N_("Bound"),
    "since": N_("Counted from"),
    "counter": N_("Counter"),
}


def field_name(name: str) -> str:
    """What a field of an attack or of a total is called."""
    return _(OF_TOTAL[name]) if name in OF_TOTAL else word("field", FIELDS.get(name, name))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the card: what was looked for, and how often it was read rightly (`precision`) and at all (`recall`)."""

    name: str
    precision: Share | None
    recall: Share


def rows(found: Card) -> Mapping[str, list[Row]]:
    """The lines of the card, under the headings of its parts."""
    return {
        _("What a report tells of"): [
            _row(_("Attacks, each with its base and day"), found.attacks),
            Row(_("That a report tells of no attack"), None, found.peaceful),
            _row(_("Running totals, each with its number and what it covers"), found.totals),
            _row(_("What looks like a strike and is none, by its kind"), found.non_strike),
        ],
        _("Of an attack that was found"): [_row(field_name(name), found.fields[name]) for name in ATTACK_FIELDS],
        _("Of a total that was found"): [_row(field_name(name), found.total_fields[name]) for name in TOTAL_FIELDS],
    }


def _row(name: str, score: Score) -> Row:
    return Row(name, score.precision, score.recall)


def agreement_rows(found: Agreement) -> list[tuple[str, Share, float | None]]:
    """How far two readers agree: the attacks that either tells of, then each field, with kappa where a field is coded."""
    fields = [(field_name(name), found.fields[name], found.kappas[name] if name in CODED else None) for name in ATTACK_FIELDS]
    return [(_("Attacks that either tells of"), found.attacks, None), *fields]


def percent(part: float) -> str:
    """A share in whole hundredths. What is not all never shows as all, nor what is something as nothing."""
    whole = round(100 * part)
    return digits(f"{min(whole, 99) if part < 1 else max(whole, 1) if part > 0 else whole}")


def interval(share: Share) -> str:
    """The bounds within which a share lies, in hundredths."""
    low, high = (digits(str(round(100 * bound))) for bound in wilson(share))
    return _("%(low)s–%(high)s %%", low=low, high=high)


class CardPage:
    """The route of the card."""

    def __init__(self, engine: Engine, pages: Pages) -> None:
        self.engine, self.pages = engine, pages

    def router(self) -> APIRouter:
        """/report-card."""
        router = APIRouter()
        router.add_api_route("/report-card", self.card, methods=["GET", "HEAD"], include_in_schema=False, response_model=None)
        return router

    def card(self, request: Request) -> Response:
        with snapshot(self.engine) as connection:
            sample = sampled(connection)
        context = {
            "sample": sample,
            "parts": rows(card(sample.readings)),
            "agreed": agreement_rows(agreement(sample.twice)),
            "fewest": FEWEST,
            "percent": percent,
            "interval": interval,
        }
        return self.pages.answer(request, "report_card.html", context)
