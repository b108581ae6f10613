"""NamedTuple for the writers' path: what ``typing.NamedTuple`` gives, without its cost.

``import typing`` takes almost as long as starting the interpreter, and
``collections.namedtuple`` compiles source text for every class (0.2 ms each; look-up
and check define a dozen). Classes made here have the same fields, methods and reprs.
Type checkers see the original.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    try:
        from _collections import _tuplegetter
    except ImportError:  # an interpreter without CPython's fast getter
        from operator import itemgetter

        def _tuplegetter(place, doc):
            return property(itemgetter(place), doc=doc)

    class _NamedTupleMeta(type):
        def __new__(mcs, name, bases, namespace):
            fields = tuple(namespace.get("__annotations__", ()))
            if not fields or bases != (NamedTuple,):
                return type.__new__(mcs, name, bases, namespace)
            defaults = {
                field: namespace.pop(field) for field in fields if field in namespace
            }
            namespace["_fields"] = namespace["__match_args__"] = fields
            namespace["_field_defaults"] = defaults
            for place, field in enumerate(fields):
                namespace[field] = _tuplegetter(place, f"Field number {place}")
            namespace.setdefault("__slots__", ())
            return type.__new__(mcs, name, bases, namespace)

        @property
        def __signature__(cls):
            from inspect import Parameter, Signature

            kind = Parameter.POSITIONAL_OR_KEYWORD
            hints = cls.__annotations__
            return Signature(
                Parameter(
                    field,
                    kind,
                    default=cls._field_defaults.get(field, Parameter.empty),
                    annotation=hints[field],
                )
                for field in cls._fields
            )

    class NamedTuple(tuple, metaclass=_NamedTupleMeta):
        """Base of small immutable values."""

        __slots__ = ()
        _fields = ()
        _field_defaults = {}  # noqa: RUF012  # never written to

        def __new__(cls, *values, **named):  # noqa: D102
            fields = cls._fields
            if named or len(values) != len(fields):
                values = _fill(cls, values, named)
            return tuple.__new__(cls, values)

        @classmethod
        def _make(cls, values):
            return cls(*values)

        def _replace(self, **changed):
            copy = self._make(map(changed.pop, self._fields, self))
            if changed:
                raise ValueError(f"got unexpected field names: {list(changed)!r}")
            return copy

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self):
            pairs = zip(self._fields, self, strict=True)
            parts = ", ".join(f"{field}={value!r}" for field, value in pairs)
            return f"{type(self).__name__}({parts})"

    def _fill(cls, values, named):
        """Return the values of all fields, as a call of a function would bind them."""
        fields, name = cls._fields, cls.__name__
        if len(values) > len(fields):
            raise TypeError(f"{name} takes {len(fields)} values, {len(values)} given")
        values_by_field = dict(zip(fields, values, strict=False))
        for field, value in named.items():
            if field not in fields or field in values_by_field:
                raise TypeError(f"{name} got an unexpected or doubled field {field!r}")
            values_by_field[field] = value
        values_by_field = {**cls._field_defaults, **values_by_field}
        absent = [field for field in fields if field not in values_by_field]
        if absent:
            raise TypeError(f"{name} lacks {', '.join(absent)}")
        return [values_by_field[field] for field in fields]


__all__ = ["NamedTuple"]
