"""What the public of a register sees where only reviewed incidents are published; its desk sees all."""

from starlette.types import ASGIApp, Receive, Scope, Send

from app.queries.published import reviewed_alone
from app.web.language import language_of

DESK = "/desk"


class Publishing:
    """Answers all but the desk as to people who may see reviewed incidents alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or is_desk(scope["path"]):
            await self.app(scope, receive, send)
            return
        with reviewed_alone():
            await self.app(scope, receive, send)


def is_desk(path: str) -> bool:
    """Whether a path is one of the desk, in any language."""
    bare = path.removeprefix(language_of(path).prefix)
    return bare == DESK or bare.startswith(f"{DESK}/")
