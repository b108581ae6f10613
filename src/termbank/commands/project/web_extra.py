"""What the commands that serve pages share: the extra they need, the socket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.messages import say

if TYPE_CHECKING:
    import socket
    from argparse import ArgumentParser

    from termbank.operations.project import Project

HOST: Final = "127.0.0.1"

_WAITING: Final = 1024  # connections that the system holds until they are accepted
_NEEDED: Final = ("starlette", "jinja2", "uvicorn", "multipart")


def refuse_without_extra(command: str) -> None:
    """Raise PluginError with the line that installs what the pages need.

    Args:
        command: Whose pages, for example ``termbank review``.
    """
    from importlib.util import find_spec

    from termbank.errors import PluginError

    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise PluginError(
            command,
            say(
                f"{', '.join(missing)} がありません",
                f"{', '.join(missing)} not installed",
            ),
            "pip install 'termbank[web]'",
        )


def add_place_options(parser: ArgumentParser, port: int) -> None:
    """Declare the glossary that is served, and where.

    Args:
        parser: Of the command.
        port: Where none is given; 0 for a free one.
    """
    add = parser.add_argument
    own = say(
        "用語集のフォルダー (既定は設定の用語集)",
        "glossary folder; default: the project's",
    )
    add("--glossary", metavar="DIR", help=own)
    host = say(
        "待ち受けるアドレス (既定はこのコンピューターだけ)",
        "address to listen on; default: this machine only",
    )
    add("--host", default=HOST, help=host)
    number = (
        say(
            f"ポート (既定 {port}、0 は空いているもの)",
            f"port; default {port}, 0 for a free one",
        )
        if port
        else say("ポート (既定は空いているもの)", "port; default: a free one")
    )
    add("--port", type=int, default=port, metavar="N", help=number)


def glossary_to_serve(named: str | None) -> Project:
    """Return the project of a glossary that is there.

    Args:
        named: What ``--glossary`` says.

    Raises:
        InputError: There is no glossary.
    """
    from termbank.errors import InputError
    from termbank.operations.project import Project

    project = Project.find(named)
    if not project.exists():
        raise InputError(
            str(project.folder),
            say("用語集がありません", "no glossary"),
            say("termbank init か termbank build", "termbank init or termbank build"),
        )
    return project


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        ConfigError: The address or port is not free, or is none.
    """
    import socket

    from termbank.errors import ConfigError
    from termbank.messages import of_system

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        # From here on clients wait for the server instead of being turned away.
        listener.listen(_WAITING)
    except (OSError, OverflowError) as fault:
        listener.close()
        problem = of_system(fault) if isinstance(fault, OSError) else str(port)
        raise ConfigError(
            f"--host {host} --port {port}",
            problem,
            say("空いているポート", "an address and a port that are free"),
        ) from fault
    return listener
