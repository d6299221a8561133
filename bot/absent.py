"""What Rasa imports and a running bot never uses is left out: three quarters of the time that its imports take, half of the memory.

Rasa's modules import TensorFlow, four databases, fourteen channels and the tools that test a model, whatever a bot needs of them.
Here each is an empty module with the few names that Rasa asks it for while it is imported. Whoever uses such a name gets an
`AbsentError`, never a wrong answer. Only the brain's process does this: training and measuring use the whole of Rasa.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import abc, machinery, metadata
from types import ModuleType
from typing import Any, NoReturn

from bot.core.errors import AbsentError

# What the tables below were made for: another version is imported whole, which is slower and always right.
RASA = "3.6.21"
# Module -> the names that are imported from it.
NAMES: Mapping[str, tuple[str, ...]] = {
    # training alone: TensorFlow, scikit-learn
    "rasa.utils.train_utils": (),
    "rasa.utils.tensorflow.model_data": ("ragged_array_to_ndarray",),
    "rasa.utils.tensorflow.model_data_utils": (),
    # a model names these as steps of its own training; they import every component that Rasa has
    "rasa.graph_components.validators.default_recipe_validator": ("DefaultV1RecipeValidator",),
    "rasa.graph_components.validators.finetuning_validator": ("FinetuningValidator",),
    # a model is tested, and trained, over the HTTP API, which is off: matplotlib, tokens
    "rasa.nlu.test": ("CVEvaluationResult",),
    "rasa.core.test": ("test",),
    "sanic_jwt": ("Initialize", "exceptions"),
    # the graph of a model is run by bot.inorder
    "dask": ("get",),
    # reminders, which ours sends none of
    "apscheduler.schedulers.asyncio": ("AsyncIOScheduler",),
    # conversations kept in databases; ours are kept by bot.trackers
    "boto3.dynamodb.conditions": ("Key",),
    "pymongo.collection": ("Collection",),
    "sqlalchemy.ext.declarative": ("DeclarativeMeta",),
    # channels; ours is rest
    "rasa.core.channels.botframework": ("BotFrameworkInput",),
    "rasa.core.channels.callback": ("CallbackInput",),
    "rasa.core.channels.console": ("CmdlineInput", "record_messages"),
    "rasa.core.channels.facebook": ("FacebookInput",),
    "rasa.core.channels.hangouts": ("HangoutsInput",),
    "rasa.core.channels.mattermost": ("MattermostInput",),
    "rasa.core.channels.rasa_chat": ("RasaChatInput",),
    "rasa.core.channels.rocketchat": ("RocketChatInput",),
    "rasa.core.channels.slack": ("SlackInput",),
    "rasa.core.channels.socketio": ("SocketIOInput",),
    "rasa.core.channels.telegram": ("TelegramInput",),
    "rasa.core.channels.twilio": ("TwilioInput",),
    "rasa.core.channels.twilio_voice": ("TwilioVoiceInput",),
    "rasa.core.channels.webexteams": ("WebexTeamsInput",),
}
# Names after "except": they must be exceptions, though nobody here raises them.
EXCEPTIONS: Mapping[str, tuple[str, ...]] = {
    "botocore.exceptions": ("BotoCoreError",),
    "pymongo.errors": ("ConnectionFailure", "OperationFailure"),
    "sqlalchemy.exc": ("OperationalError",),
}
# Names that Rasa calls in the body of a class (its table of events in SQL), where an error would end the import.
CALLED: Mapping[str, tuple[str, ...]] = {
    "sqlalchemy": ("Column", "Float", "Integer", "Sequence", "String", "Text"),
    "sqlalchemy.ext.declarative": ("declarative_base",),
}
# Packages that others use where they are there, and do without where they are not: coloured logs.
UNSEEN = ("rich",)
logger = logging.getLogger(__name__)


class _Left(type):
    """The type of names that stand for something left out."""

    def name(cls) -> str:
        """What Rasa's table of channels lists a channel under."""
        return f"{cls.__module__}.{cls.__name__}"

    def __call__(cls, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AbsentError(f"{cls.name()} is left out of the running bot; see bot/absent.py")

    def __getattr__(cls, attribute: str) -> NoReturn:
        if attribute.startswith("__"):  # how Python itself asks what a thing can do
            raise AttributeError(attribute)
        cls()


class _Table:
    """The base of Rasa's table of events, which is never made."""

    metadata = None


class _Loader(abc.Loader):
    """Makes the empty modules."""

    def create_module(self, spec: machinery.ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        here = module.__name__
        kinds: Sequence[tuple[Mapping[str, tuple[str, ...]], Callable[[str], Any]]] = (
            (NAMES, lambda name: _Left(name, (), {"__module__": here})),
            (EXCEPTIONS, lambda name: type(name, (Exception,), {"__module__": here})),
            (CALLED, lambda name: _make_table),
        )
        for names, make in kinds:
            vars(module).update({name: make(name) for name in names.get(here, ())})


class _Finder(abc.MetaPathFinder):
    """Finds the modules of the tables, and the packages of other people that they are in, before the real ones are found."""

    def __init__(self) -> None:
        listed = {*NAMES, *EXCEPTIONS, *CALLED}
        foreign = {name for name in listed if not name.startswith("rasa.")}
        self._modules = listed | {".".join(name.split(".")[:size]) for name in foreign for size in range(1, name.count(".") + 1)}

    def find_spec(self, name: str, path: Any, target: ModuleType | None = None) -> machinery.ModuleSpec | None:
        if name not in self._modules:
            return None
        return machinery.ModuleSpec(name, _Loader(), is_package=True)


def is_known_rasa() -> bool:
    """True where Rasa is of the version that we know from the inside."""
    return metadata.version("rasa") == RASA


def leave_out() -> bool:
    """Leaves the modules of the tables out of whatever is imported from now on; False, and nothing is, with another Rasa."""
    if not is_known_rasa():
        logger.error("this Rasa is not the version that modules can be left out of; it will start more slowly")
        return False
    sys.meta_path.insert(0, _Finder())
    sys.modules.update(dict.fromkeys(UNSEEN))  # type: ignore[arg-type]  # None: as if it were not installed
    return True


def _make_table(*_args: Any, **_kwargs: Any) -> type[_Table]:
    return _Table
