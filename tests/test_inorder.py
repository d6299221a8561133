"""A graph run in order gives what Rasa's own runner gives, whatever its shape."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.inorder import InOrderRunner

RAN: list[str] = []


class Word(GraphComponent):
    """Notes that it ran and adds its own word to what it was given."""

    def __init__(self, word: str) -> None:
        self._word = word

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: Any, resource: Any, execution_context: ExecutionContext) -> Word:
        return cls(config["word"])

    def say(self, **given: Any) -> Any:
        RAN.append(self._word)
        return self._word, *given.values()

    def nothing(self) -> None:
        return None

    def fail(self, **_given: Any) -> Any:
        raise RuntimeError


def node(word: str, needs: tuple[str, ...] = (), does: str = "say") -> SchemaNode:
    return SchemaNode(needs={f"from_{need.strip('_')}": need for need in needs}, uses=Word, constructor_name="create", fn=does,
                      config={"word": word}, eager=True)


GRAPHS = {
    "one node": ({"a": node("a")}, ["a"], {}),
    "a chain": ({"a": node("a"), "b": node("b", ("a",)), "c": node("c", ("b",))}, ["c"], {}),
    "written backwards": ({"c": node("c", ("b",)), "b": node("b", ("a",)), "a": node("a")}, ["c"], {}),
    "two ways meet": ({"a": node("a"), "b": node("b", ("a",)), "c": node("c", ("a",)), "d": node("d", ("b", "c"))}, ["d"], {}),
    "what no target needs": ({"a": node("a"), "b": node("b", ("a",)), "z": node("z")}, ["b"], {}),
    "two targets": ({"a": node("a"), "b": node("b", ("a",)), "c": node("c", ("a",))}, ["b", "c"], {}),
    "an input": ({"a": node("a", ("__message__",)), "b": node("b", ("a", "__message__"))}, ["b"], {"__message__": ["hello"]}),
    "an output of nothing": ({"a": node("a", does="nothing"), "b": node("b", ("a",))}, ["b"], {}),
    "an input that is missing": ({"a": node("a", ("__message__",))}, ["a"], {}),
    "a node that fails": ({"a": node("a", does="fail"), "b": node("b", ("a",))}, ["b"], {}),
    "an input in a node's place": ({"a": node("a"), "b": node("b", ("a",))}, ["b"], {"a": 7}),
    "an input whose value is a node's name": ({"a": node("a"), "b": node("b", ("a", "__who__"))}, ["b"], {"__who__": "a"}),
}


def outcome(runner: Any, graph: dict[str, SchemaNode], targets: list[str], inputs: dict[str, Any], tmp: Any) -> tuple[Any, list[str]]:
    """What comes out, or the error's class, and which nodes ran."""
    RAN.clear()
    schema = GraphSchema(graph)
    try:
        made = runner.create(schema, LocalModelStorage.create(tmp), ExecutionContext(schema))
        results = [made.run(inputs=inputs, targets=targets) for _ in range(2)]
    except Exception as error:
        return type(error), sorted(RAN)
    assert results[0] == results[1]
    return results[0], sorted(RAN)


@pytest.mark.parametrize("name", GRAPHS)
def test_the_outcome_is_rasas(name: str, tmp_path: Any) -> None:
    """The same values, the same nodes, each once a run, the same kind of error."""
    graph, targets, inputs = GRAPHS[name]
    assert outcome(InOrderRunner, graph, targets, inputs, tmp_path) == outcome(DaskGraphRunner, graph, targets, inputs, tmp_path)
