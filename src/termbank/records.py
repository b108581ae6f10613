"""NamedTuple for the writers' path: what ``typing.NamedTuple`` gives, without its cost.

``import typing`` takes almost as long as starting the interpreter; the modules that
``lookup`` and ``check`` load therefore build their values from this one. Type checkers
see the original.
"""

from collections import namedtuple

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class _NamedTupleMeta(type):
        def __new__(mcs, name, bases, namespace):
            if not namespace.get("__annotations__"):
                return type.__new__(mcs, name, bases, namespace)
            fields = namespace["__annotations__"]
            defaults = [namespace.pop(field) for field in fields if field in namespace]
            made = namedtuple(
                name, fields, defaults=defaults, module=namespace["__module__"]
            )
            for key, value in namespace.items():
                if key not in ("__module__", "__qualname__"):
                    setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_NamedTupleMeta):
        """Base of small immutable values."""


__all__ = ["NamedTuple"]
