"""Which language an address speaks: /ar/… is Arabic, all else English. So a page can be shared, and kept."""

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.language import ARABIC, ENGLISH, LANGUAGES, Language, speaking


def language_of(path: str) -> Language:
    """The language of a path."""
    return ARABIC if path == ARABIC.prefix or path.startswith(ARABIC.prefix + "/") else ENGLISH


def in_other_languages(path: str) -> dict[Language, str]:
    """The same page in each language: the path of an address in any of them."""
    # Two slashes at its beginning would name another host.
    bare = "/" + path.removeprefix(language_of(path).prefix).lstrip("/")
    return {language: language.prefix + bare for language in LANGUAGES}


class Speaking:
    """Answers in the language of the address; routes see the address without its prefix."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        language = language_of(scope["path"])
        if language.prefix and scope["path"] == language.prefix:
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"{language.prefix}/" + (f"?{query}" if query else ""), 308)(scope, receive, send)
            return
        with speaking(language):
            await self.app({**scope, "root_path": scope.get("root_path", "") + language.prefix}, receive, send)
