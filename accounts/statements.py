"""Statements that are written once: for the few questions that are asked of every post in its minute (decision 0039).

Django writes the SQL of a queryset anew each time, which costs more than running it. Here it writes it the first time;
afterwards only the values are put in. The queryset stays the one place where the statement can be read:

    FROZEN = Exists(lambda: Freeze.objects.filter(channel=Value("channel", Freeze), lifted_at__isnull=True))
    FROZEN.ask(channel=7)

A statement must have the same shape whatever the values: no list of varying length, and None only as what a column
becomes.

Several go `together`, on one way to the server and back, where whoever asks knows beforehand what will be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple, TypeVar

from django.db import connection, models
from django.db.models import Expression, Field, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql import InsertQuery, UpdateQuery

DEFAULT = "default"
Made = TypeVar("Made", bound=models.Model)


class _Slot(NamedTuple):
    """Stands among the parameters of a written statement where a value goes in."""

    name: str
    field: Field[Any, Any]


class Value(Expression):
    """A place for a value in a queryset, of a kind of field or of a model's column: Value("now", Hold, "opened_at").

    What goes in is made ready for the database as that kind of column makes it.
    """

    def __init__(self, name: str, kind: Field[Any, Any] | type[models.Model], column: str = "id") -> None:
        field = kind if isinstance(kind, Field) else kind._meta.get_field(column)
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [_Slot(self.name, self.output_field)]


class Question(NamedTuple):
    """A statement and the values that go in."""

    statement: _Statement
    values: dict[str, Any]

    def answer(self) -> Any:
        """What the statement's own verb (`ask`, `run_on`) gives for these values."""
        return self.statement.answer(**self.values)


# What was asked together and nobody has taken yet: each question with the cursor that has its answer.
_at_hand: ContextVar[list[tuple[Question, Any]] | None] = ContextVar("_at_hand", default=None)


@contextmanager
def together(questions: Iterable[Question]) -> Iterator[list[tuple[Question, Any]]]:
    """Ask all of these now, in this order, in one go; inside, each has its answer at hand the first time it is asked.

    For the inside of one short transaction: an answer is as old as the block. On PostgreSQL the server takes one after
    the other, so what comes after a lock sees what was committed before it. Another database has no way to wait for:
    there each is asked where it is met. Gives what nobody has taken yet. Raises DatabaseError where one fails.
    """
    if connection.vendor != "postgresql":
        yield []
        return
    asked = list(questions)
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        waiting = [(question, question.statement.run(question.values)) for question in asked]
    token = _at_hand.set(waiting)
    try:
        yield waiting
    finally:
        _at_hand.reset(token)


def _taken(question: Question) -> Any | None:
    """The cursor with its answer, once, where it was asked together with others."""
    waiting = _at_hand.get() or []
    for place, (asked, cursor) in enumerate(waiting):
        if asked.statement is question.statement and asked.values == question.values:
            del waiting[place]
            return cursor
    return None


class _Statement:
    """Written at its first use, for the database of this process."""

    def __init__(self, build: Callable[[], QuerySet[Any]]) -> None:
        self.build = build
        self.ready = False
        self.sql = ""
        self.slots: Sequence[Any] = ()

    def write(self) -> None:
        compiler = self.compiler()
        self.sql, self.slots = compiler.as_sql()

    def compiler(self) -> Any:
        return self.build().query.get_compiler(DEFAULT)

    def of(self, **values: Any) -> Question:
        return Question(self, values)

    def answer(self, **values: Any) -> Any:
        raise NotImplementedError

    def run(self, values: dict[str, Any]) -> Any:
        """The cursor, after it has run with these values."""
        if (cursor := _taken(Question(self, values))) is not None:
            return cursor
        if not self.ready:  # said last: a second thread writes it too rather than use what is half written
            self.write()
            self.ready = True
        cursor = connection.cursor()
        cursor.execute(self.sql, [_ready(slot, values) for slot in self.slots])
        return cursor


def _ready(slot: Any, values: dict[str, Any]) -> Any:
    if not isinstance(slot, _Slot):
        return slot
    return slot.field.get_db_prep_value(values[slot.name], connection)


class Exists(_Statement):
    """Whether there is such a row."""

    def compiler(self) -> Any:
        return self.build().query.exists().get_compiler(DEFAULT)

    def ask(self, **values: Any) -> bool:
        with self.run(values) as cursor:
            return cursor.fetchone() is not None

    def answer(self, **values: Any) -> bool:
        return self.ask(**values)


class Rows(_Statement):
    """Tuples of a queryset with values_list, as the columns make them."""

    converters: Any = None
    written: Any = None

    def write(self) -> None:
        compiler = self.compiler()
        self.sql, self.slots = compiler.as_sql()
        self.converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        self.written = compiler

    def ask(self, **values: Any) -> list[Any]:
        with self.run(values) as cursor:
            found: Iterable[Any] = cursor.fetchall()
        return list(self.written.apply_converters(found, self.converters) if self.converters else found)

    def answer(self, **values: Any) -> list[Any]:
        return self.ask(**values)


class Objects(Rows):
    """Instances of a queryset's model, with what select_related brings and annotate adds."""

    def write(self) -> None:
        super().write()
        info, select = self.written.klass_info, self.written.select
        start, end = info["select_fields"][0], info["select_fields"][-1] + 1
        self.model, self.span = info["model"], slice(start, end)
        self.names = [column[0].target.attname for column in select[start:end]]
        self.populators = get_related_populators(info, select, DEFAULT)
        self.added = dict(self.written.annotation_col_map)

    def ask(self, **values: Any) -> list[Any]:
        return [self._made(row) for row in super().ask(**values)]

    def first(self, **values: Any) -> Any | None:
        return next(iter(self.ask(**values)), None)

    def _made(self, row: Sequence[Any]) -> Any:
        made = self.model.from_db(DEFAULT, self.names, row[self.span])
        for populator in self.populators:
            populator.populate(row, made)
        for name, place in self.added.items():
            setattr(made, name, row[place])
        return made


class Update(_Statement):
    """An UPDATE of the rows of a queryset; columns: what they become, a Value or the value itself."""

    def __init__(self, build: Callable[[], QuerySet[Any]], **columns: Any) -> None:
        super().__init__(build)
        self.columns = columns

    def compiler(self) -> Any:
        query = self.build().query.chain(UpdateQuery)
        query.clear_ordering(force=True)
        query.add_update_values(self.columns)
        return query.get_compiler(DEFAULT)

    def run_on(self, **values: Any) -> int:
        """How many rows it moved."""
        with self.run(values) as cursor:
            return int(cursor.rowcount)

    def answer(self, **values: Any) -> int:
        return self.run_on(**values)


class Insert(_Statement):
    """An INSERT of one row of this model, whose values an instance brings. For models that nothing listens to."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(model._default_manager.all)
        self.model = model
        self.columns = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]

    def compiler(self) -> Any:
        query = InsertQuery(self.model)
        places = self.model(**{field.attname: Value(field.attname, field) for field in self.columns})
        query.insert_values(self.columns, [places])
        compiler = query.get_compiler(DEFAULT)
        compiler.returning_fields = [self.model._meta.pk]
        return compiler

    def write(self) -> None:
        ((self.sql, self.slots),) = self.compiler().as_sql()

    def keep(self, made: Made) -> Made:
        """The same instance, as a row that has its key."""
        values = {field.attname: field.pre_save(made, add=True) for field in self.columns}
        with self.run(values) as cursor:
            (made.pk,) = cursor.fetchone()
        made._state.adding, made._state.db = False, DEFAULT
        return made
