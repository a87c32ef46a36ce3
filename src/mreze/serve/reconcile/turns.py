"""Reads what a client sent beside the loop: a large body takes many times its length in memory until it is read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from mreze.serve.exchange import Request
from mreze.serve.service import Service
from mreze.serve.sparql import LARGEST_BODY

T = TypeVar("T")


async def read(service: Service, request: Request, work: Callable[[], T]) -> T:
    """What `work` makes of a request; of a large one when it is its turn.

    Args:
        service: whose turns they are.
        request: what is read.
        work: reads it, in a thread.
    """
    if len(request.body) <= LARGEST_BODY:
        return await asyncio.to_thread(work)
    async with service.matching:
        return await asyncio.to_thread(work)
