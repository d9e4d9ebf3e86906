"""Read course folders: `load_course` for a course, `check_course` for all that is wrong in it."""

from knowledge.catalog.course import Report, check_course, load_course
from knowledge.catalog.problems import Problem

__all__ = ["Problem", "Report", "check_course", "load_course"]
