"""The files that pages load: kept in memory like pages, and by browsers for an hour, who then ask whether they still hold."""

import os

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

KEPT = 3600
"""Seconds. Within them a further page loads nothing but itself; after them the file's ETag saves its body."""


class Static(StaticFiles):
    """Static files with the time that they may be kept."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        answer = super().file_response(full_path, stat_result, scope, status_code)
        answer.headers["Cache-Control"] = f"public, max-age={KEPT}"
        del answer.headers["Accept-Ranges"]  # what is kept is sent whole
        return answer
