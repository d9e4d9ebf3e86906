"""Put the tutor on a language model together from the settings."""

from __future__ import annotations

from bot.settings import Settings
from bot.tutor.corpus import Corpus
from bot.tutor.model.calls import Caller
from bot.tutor.model.chat_model import open_chat_model
from bot.tutor.model.fallback import FallbackTutor, Terms
from bot.tutor.model.ports import Ledger, Limits
from bot.tutor.model.prompting import load_prompts
from bot.tutor.model.tutor import ModelTutor, Setting
from bot.tutor.offline import Finds
from bot.tutor.types import Tutor
from knowledge.models import Course


def open_tutor(
    settings: Settings, course: Course, library: Finds, offline: Tutor, ledger: Ledger
) -> FallbackTutor:
    """Return the tutor on the settings' model, with the offline tutor behind it.

    StoreError says in a sentence what is wrong with the model's settings or a prompt.
    """
    corpus = Corpus(course)
    setting = Setting(course, corpus, library, load_prompts(), settings.model_timeout)
    caller = Caller(open_chat_model(settings), tools=settings.model_tools)
    limits = Limits(
        settings.model_learner_tokens_per_day,
        settings.model_workspace_tokens_per_day,
        settings.model_concurrency,
    )
    terms = Terms(settings.model or "", limits, settings.model_max_tokens)
    return FallbackTutor(ModelTutor(setting, caller), offline, corpus, ledger, terms)
