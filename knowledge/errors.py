"""Faults of a course or of its index, each one clear sentence meant for a person."""

from __future__ import annotations


class KnowledgeError(Exception):
    """Something about the course, its index or the encoder is wrong; the text says what to do."""


class CourseError(KnowledgeError):
    """A course folder that cannot be used; the text names file, line and remedy."""


class VectorIndexError(KnowledgeError):
    """An index that cannot be read, written or trusted; the text says how to rebuild it."""


class EncoderError(KnowledgeError):
    """An embedding model that cannot be found or loaded."""


class NotReadyError(KnowledgeError):
    """Search was asked before the index was ready, and the wait ran out."""
