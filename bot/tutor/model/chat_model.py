"""Open the chat model that the settings name, through LangChain's `init_chat_model`."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from bot.errors import StoreError
from bot.settings import Settings
from bot.tutor.model.wording import say

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

EXTRAS = {
    "openai": ("langchain_openai", "seminar[openai]"),
    "azure_openai": ("langchain_openai", "seminar[openai]"),
    "anthropic": ("langchain_anthropic", "seminar[anthropic]"),
    "google_genai": ("langchain_google_genai", "seminar[google]"),
    "ollama": ("langchain_ollama", "seminar[ollama]"),
}
"""Providers with an extra of their own: the module that must be there, and what installs it."""

UNKNOWN_KEY = "none"
"""What a server of one's own is given where no key is set: OpenAI's client refuses to have none."""


def open_chat_model(settings: Settings) -> BaseChatModel:
    """Return the chat model of SEMINAR_MODEL; StoreError says in a sentence what is missing.

    Nothing is sent to the provider yet.
    """
    from langchain.chat_models import init_chat_model  # noqa: PLC0415 (slow, and often not needed)

    model = settings.model or ""
    provider, _, name = model.partition(":")
    if not provider or not name:
        raise StoreError(say("setup.form", model=model))
    _require_package(provider, model)
    try:
        found: BaseChatModel = init_chat_model(
            name, model_provider=provider, **_options(settings, provider)
        )
    except ImportError as problem:
        package = f"langchain-{provider.replace('_', '-')}"
        raise StoreError(say("setup.package", model=model, package=package)) from problem
    except ValueError as problem:
        if "provider" in str(problem).lower() and "unsupported" in str(problem).lower():
            raise StoreError(say("setup.provider", provider=provider)) from problem
        raise _refused(model, problem) from problem
    except Exception as problem:  # providers have error classes of their own for a missing key
        raise _refused(model, problem) from problem
    return found


def _refused(model: str, problem: Exception) -> StoreError:
    # The message may hold a key, so only the kind of fault is told.
    return StoreError(say("setup.refused", model=model, reason=type(problem).__name__))


def _require_package(provider: str, model: str) -> None:
    module, extra = EXTRAS.get(provider, ("", ""))
    if module and find_spec(module) is None:
        raise StoreError(say("setup.package", model=model, package=extra))


def _options(settings: Settings, provider: str) -> dict[str, Any]:
    """The options of the provider's client, under the names that this provider gives them."""
    options: dict[str, Any] = {}
    if settings.model_temperature is not None:
        options["temperature"] = settings.model_temperature
    options["num_predict" if provider == "ollama" else "max_tokens"] = settings.model_max_tokens
    if provider != "ollama":
        # A retry would make the learner wait: the offline tutor answers at once instead.
        options |= {"timeout": settings.model_timeout, "max_retries": 0}
    if provider == "openai":
        options["stream_usage"] = True
    if settings.model_base_url:
        options["base_url"] = settings.model_base_url
    if settings.model_api_key:
        options["api_key"] = settings.model_api_key.get_secret_value()
    elif settings.model_base_url and provider == "openai":
        options["api_key"] = UNKNOWN_KEY
    return options
