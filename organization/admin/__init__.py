"""People, posts, departments, calendar, rules and series, each on its pages of 系统管理."""

from organization.admin import people, places, times

__all__ = ["people", "places", "times"]
