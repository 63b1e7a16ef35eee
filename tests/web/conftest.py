"""A browser that reaches nothing but the register, and keeps what went wrong."""

import shutil

import pytest
from playwright.sync_api import Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Watched:
    """A browser page that keeps what went wrong on it, and may ask the register for things and nobody else."""

    def __init__(self, browser, server, **options):
        self.context = browser.new_context(base_url=server, **options)
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("console", lambda message: self.wrong.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.context.route(
            "**/*", lambda route: route.continue_() if route.request.url.startswith((server, "data:")) else self._refuse(route)
        )

    def _refuse(self, route):
        self.wrong.append(f"asked for {route.request.url}")
        route.abort()

    def open(self, path):
        # Until it has loaded, with map and chart; to wait until nothing more is asked for takes half a second more for each page.
        self.page.goto(path)
        return self.page


@pytest.fixture
def watched(browser, server):
    opened = []

    def open_watched(address=server, **options):
        opened.append(Watched(browser, address, **options))
        return opened[-1]

    yield open_watched
    for one in opened:
        one.context.close()
        assert one.wrong == []
