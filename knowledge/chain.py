"""Offer a course to any LangChain chain, as a retriever."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from knowledge.retrieve import Library


class CourseRetriever(BaseRetriever):
    """Retrieves the passages of a library; metadata holds lesson, section and score."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    library: Library
    k: int = 5

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [
            Document(
                id=hit.passage.id,
                page_content=hit.passage.text,
                metadata={
                    "lesson": hit.passage.lesson,
                    "section": hit.passage.section,
                    "heading": hit.passage.heading,
                    "score": hit.score,
                },
            )
            for hit in self.library.find(query, k=self.k).hits
        ]
