"""What belongs together, directly or through another: disjoint sets."""

from __future__ import annotations

from typing import Generic, TypeVar

# A place among articles, or a stretch of one: the article, its start and its end.
Member = TypeVar("Member", int, tuple[int, int, int])


class Groups(Generic[Member]):
    """Members that were joined, directly or through another.

    >>> groups: Groups[int] = Groups()
    >>> for a, b in ((3, 5), (1, 2), (5, 4)):
    ...     groups.join(a, b)
    >>> groups.lists()
    [[1, 2], [3, 4, 5]]
    """

    def __init__(self) -> None:
        self._parent: dict[Member, Member] = {}

    def join(self, a: Member, b: Member) -> None:
        """Say that `a` and `b` belong together."""
        a, b = self.first(a), self.first(b)
        if a != b:
            self._parent[max(a, b)] = min(a, b)

    def first(self, one: Member) -> Member:
        """Return the smallest member of the group of `one`, which may be new.

        >>> Groups().first(3)
        3
        """
        parent = self._parent
        while (above := parent.setdefault(one, one)) != one:
            parent[one] = parent[above]
            one = above
        return one

    def lists(self) -> list[list[Member]]:
        """Return the groups, each in order, in the order of their first members.

        >>> Groups().lists()
        []
        """
        groups: dict[Member, list[Member]] = {}
        for one in sorted(self._parent):
            groups.setdefault(self.first(one), []).append(one)
        return list(groups.values())
