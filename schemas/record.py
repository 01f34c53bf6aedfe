"""Records: dataclasses that are quick to define, and those that are made by the million."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as standard_dataclass
from dataclasses import field as field_of
from functools import cache, partial
from reprlib import recursive_repr
from sys import modules
from types import CellType, CodeType, FunctionType
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from dataclasses import dataclass

__all__ = ["dataclass", "named_record", "record"]

Recorded = TypeVar("Recorded")


def _quick_dataclass(cls: Any = None, /, **options: bool) -> Any:
    """Make a class a dataclass, in a fifth of the time that the standard library takes.

    A check defines some 250 of them before it has read a cell, and up to Python 3.12 the library
    compiles six methods for each, one by one. Here the first to need a method has it compiled; what
    comes of it is the same. Other options than these four are left to the library.
    """
    if cls is None:
        return partial(_quick_dataclass, **options)
    if not options.keys() <= {"frozen", "slots", "eq", "kw_only"}:
        return standard_dataclass(**options)(cls)
    frozen, eq = options.get("frozen", False), options.get("eq", True)
    if cls.__doc__ is None:  # else the library would work out a signature to put there
        cls.__doc__ = cls.__name__
    own = set(vars(cls))
    kept = {name: options.get(name, False) for name in ("slots", "kw_only")}
    define = standard_dataclass(init=False, repr=False, eq=False, **kept)
    made: Any = define(cls)
    if "__init__" not in own:
        made.__init__ = _when_used(made, "__init__", partial(_init, frozen=frozen))
    if "__repr__" not in own:
        made.__repr__ = _repr
    if eq and "__eq__" not in own:
        made.__eq__ = _when_used(made, "__eq__", _eq)
        if "__hash__" not in own:
            made.__hash__ = _when_used(made, "__hash__", _hash) if frozen else None
    if frozen:
        made.__setattr__, made.__delattr__ = _refuse_to_set, _refuse_to_delete
        if options.get("slots"):  # else there is nothing to set them with when one is copied
            made.__getstate__, made.__setstate__ = _state, _set_state
    return made


if not TYPE_CHECKING:  # to a type checker it is the library's own
    dataclass = _quick_dataclass


@dataclass_transform(frozen_default=True, field_specifiers=(field_of,))
def record(cls: type[Recorded]) -> type[Recorded]:
    """Make a class a frozen dataclass with slots.

    Nothing is checked when one is made; one that is read from a file (``schemas.border``) has exact
    types, no unknown keys, and no number that is none.
    """
    return _recorded(cls, kw_only=False)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field_of,))
def named_record(cls: type[Recorded]) -> type[Recorded]:
    """Make a class a record whose fields are named where one is made; else as ``record`` does."""
    return _recorded(cls, kw_only=True)


def called(name: str) -> Mapping[str, str]:
    """Say, as ``metadata`` of a field, by which name it goes in files."""
    return {_CALLED: name}


_CALLED = "called"


def file_name(of: "Field[Any]") -> str:
    """Give the name by which a field goes in files."""
    name: str = of.metadata.get(_CALLED, of.name)
    return name


def _recorded(cls: type[Recorded], *, kw_only: bool) -> type[Recorded]:
    config: dict[str, object] = {"strict": True, "extra": "forbid", "allow_inf_nan": False}
    cls.__pydantic_config__ = config  # type: ignore[attr-defined] # pydantic's
    made: Any = dataclass(frozen=True, slots=True, kw_only=kw_only)(cls)
    names = {each.name: file_name(each) for each in fields(made) if each.metadata}
    if names:
        config["alias_generator"] = lambda name: names.get(name, name)
    recorded: type[Recorded] = made
    return recorded


def _init(made: Any, *, frozen: bool) -> Any:
    """Give ``__init__``: a parameter for each field, in the order they stand."""
    slots = vars(made).get("__slots__", ())
    if frozen and all(each.name in slots for each in fields(made)):
        method = _slots_init(made)
    else:
        method = _compiled_init(made, frozen=frozen)
    method.__annotations__ = {each.name: each.type for each in fields(made) if each.init}
    method.__annotations__["return"] = None
    return method


def _slots_init(made: Any) -> Any:
    """Fill names and defaults into what is compiled once for all classes of as many slots."""
    kept = sorted(fields(made), key=lambda each: bool(each.kw_only))
    held: dict[str, object] = {"MISSING": MISSING}
    defaults: dict[str, object] = {}
    kinds = ""
    for at, each in enumerate(kept):
        held[f"set_{at}"] = getattr(made, each.name).__set__
        if each.default_factory is not MISSING:
            held[f"make_{at}"] = each.default_factory
            defaults[each.name] = MISSING
        elif each.default is not MISSING:
            held[f"make_{at}"] = partial(_same, each.default)
            defaults[each.name] = each.default
        whole = each.default_factory is MISSING
        kinds += ("g" if whole else "o") if each.init else "m"
    given = [each for each in kept if each.init]
    ordered = [each.name for each in given if not each.kw_only]
    named = [each.name for each in given if each.kw_only]
    needed = [name for name in ordered if name not in defaults]
    if ordered[: len(needed)] != needed:
        raise TypeError(f"a field without a default follows one with it: {made.__qualname__}")
    code = _filling(kinds, post=hasattr(made, "__post_init__"))
    code = code.replace(
        co_varnames=("self", *ordered, *named),
        co_argcount=1 + len(ordered),
        co_kwonlyargcount=len(named),
        co_qualname=f"{made.__qualname__}.__init__",
    )
    method = FunctionType(
        code,
        vars(modules[made.__module__]),
        "__init__",
        tuple(defaults[name] for name in ordered if name in defaults),
        tuple(CellType(held[name]) for name in code.co_freevars),
    )
    method.__kwdefaults__ = {name: defaults[name] for name in named if name in defaults}
    return method


def _same(value: object) -> object:
    return value


@cache
def _filling(kinds: str, *, post: bool) -> CodeType:
    """Compile what fills slots: each with what is given, with that or what is made, or with that.

    Args:
        kinds: For each slot ``g``, ``o`` or ``m``.
        post: Whether something is done after that.
    """
    values = {"g": "p{0}", "o": "make_{0}() if p{0} is MISSING else p{0}", "m": "make_{0}()"}
    places = range(len(kinds))
    names = [f"p{at}" for at in places if kinds[at] != "m"]
    lines = [f"  set_{at}(self, {values[kinds[at]].format(at)})" for at in places]
    known = ["MISSING", *(f"{word}_{at}" for at in places for word in ("set", "make"))]
    text = [
        f"def make({', '.join(known)}):",
        f" def __init__({', '.join(['self', *names])}):",
        *(lines or ["  pass"]),
        *(["  self.__post_init__()"] if post else []),
    ]
    (maker,) = (each for each in compile("\n".join(text), "<record>", "exec").co_consts if each)
    (filling,) = (each for each in maker.co_consts if isinstance(each, CodeType))
    return filling


def _compiled_init(made: Any, *, frozen: bool) -> Any:
    namespace: dict[str, object] = {"MISSING": MISSING, "set_": object.__setattr__}
    ordered: list[str] = []
    named: list[str] = []
    body: list[str] = []
    for each in fields(made):
        name, value = each.name, each.name
        default = ""
        if each.default is not MISSING:
            namespace[f"default_{name}"] = each.default
            default = f"=default_{name}"
        elif each.default_factory is not MISSING:
            namespace[f"make_{name}"] = each.default_factory
            default = "=MISSING"
            value = f"make_{name}() if {name} is MISSING else {name}"
        if each.init:
            (named if each.kw_only else ordered).append(name + default)
        elif default:
            value = f"make_{name}()" if default == "=MISSING" else f"default_{name}"
        else:
            continue
        body.append(f"set_(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(made, "__post_init__"):
        body.append("self.__post_init__()")
    parameters = ["self", *ordered, *(["*", *named] if named else [])]
    return _compiled(made, "__init__", parameters, body or ["pass"], namespace)


def _compiled(
    made: type, name: str, parameters: list[str], body: list[str], known: dict[str, object]
) -> Any:
    """Compile a method of a class, in the module that the class stands in."""
    lines = [f" def {name}({', '.join(parameters)}):", *(f"  {line}" for line in body)]
    text = "\n".join([f"def make({', '.join(known)}):", *lines, f" return {name}"])
    found: dict[str, Any] = {}
    exec(text, vars(modules[made.__module__]), found)  # noqa: S102 - of names of fields alone
    method = found["make"](**known)
    method.__qualname__ = f"{made.__qualname__}.{name}"
    return method


def _when_used(made: type, name: str, compiled: Callable[[type], Any]) -> Any:
    """Give a method that is compiled by the first who calls it, and takes its own place then."""

    def first(self: object, *others: object, **named: object) -> Any:
        method = compiled(made)
        setattr(made, name, method)
        return method(self, *others, **named)

    return first


def _eq(made: type) -> Any:
    compared = [each.name for each in fields(made) if each.compare]
    own, others = (_tuple(compared, of) for of in ("self", "other"))
    body = [
        "if other.__class__ is self.__class__:",
        f" return {own} == {others}",
        "return NotImplemented",
    ]
    return _compiled(made, "__eq__", ["self", "other"], body, {})


def _hash(made: type) -> Any:
    counted = [
        each.name for each in fields(made) if (each.compare if each.hash is None else each.hash)
    ]
    return _compiled(made, "__hash__", ["self"], [f"return hash({_tuple(counted, 'self')})"], {})


def _tuple(names: list[str], of: str) -> str:
    return "(" + "".join(f"{of}.{name}, " for name in names) + ")"


@recursive_repr()
def _repr(self: Any) -> str:
    written = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(written)})"


def _refuse_to_set(self: object, name: str, value: object) -> None:  # noqa: ARG001 - as Python calls it
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:  # noqa: ARG001 - as Python calls it
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
