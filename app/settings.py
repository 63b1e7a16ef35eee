"""The register's settings, read from the environment with the prefix SIJILL_."""

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from app import ROOT


class Settings(BaseSettings):
    """Every setting of Sijill. Each can be set as SIJILL_NAME in the environment."""

    model_config = SettingsConfigDict(env_prefix="SIJILL_")

    database_url: str = Field(
        default=f"sqlite:///{ROOT / 'var' / 'sijill.db'}",
        description="Where the register is kept, as an SQLAlchemy address. By default a file under var/.",
    )
    page_size: int = Field(default=100, ge=1, le=500, description="Incidents on one page of the list.")
    threads: int = Field(default=3, ge=1, le=32, description="Threads that answer requests.")
    cache_megabytes: int = Field(
        default=48, ge=0, le=4096, description="Memory in which a worker keeps answers for asking again; 0 keeps none."
    )
    tile_url: str = Field(
        default="",
        description="Address pattern of online map tiles, such as https://tiles.example/{z}/{x}/{y}.png. "
        "Empty: the map draws country outlines and needs no network.",
    )
    tile_attribution: str = Field(default="", description="Whom the tiles come from, shown on the map.")
    address: str = Field(
        default="",
        pattern=r"^(https?://[^/\s?#]+)?$",
        description="What the register is known by, such as https://register.example: what citations begin with. "
        "Empty: the address by which a request asks for it.",
    )
    trusted_proxy: str = Field(
        default="",
        description="Address of a proxy in front, such as 127.0.0.1, whose X-Forwarded-For says who asks: attempts to log in are "
        "counted by it. Empty: nobody's is believed.",
    )
    public: Literal["all", "reviewed"] = Field(
        default="all",
        description="What the public pages show: all incidents, each with its review status, or only what editors have reviewed.",
    )
    editors_shown: Literal["role", "name"] = Field(
        default="role", description="How the public history of an incident calls editors: by role, or by display name."
    )
    contact: str = Field(default="", description="Where readers report errors: an address that the page on method shows.")
