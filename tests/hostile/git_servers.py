"""Servers of git that lie, cut short or never answer."""

from collections.abc import Callable

from tests.doors.served import Answer, Request

Answers = Callable[[Request], Answer]


def as_it_is(answers: Answers) -> Answers:
    """Answer as git does."""
    return answers


def only_post(change: Callable[[Answer], Answer]) -> Callable[[Answers], Answers]:
    """Return a server that changes its answers to what is sent to it: the packs."""

    def serve(answers: Answers) -> Answers:
        def answer(request: Request) -> Answer:
            said = answers(request)
            return change(said) if b"packfile\n" in said.body[:4096] else said

        return answer

    return serve


def always(said: Answer) -> Callable[[Answers], Answers]:
    """Return a server that answers the same to everything."""
    return lambda _: lambda __: said


def after_the_pack(change: Callable[[bytearray, int], None]) -> Callable[[Answers], Answers]:
    """Return a server that changes the bytes of its packs, where they begin in its answer."""

    def changed(said: Answer) -> Answer:
        body = bytearray(said.body)
        change(body, body.index(b"PACK"))
        return said._replace(body=bytes(body))

    return only_post(changed)


def more_objects(body: bytearray, pack: int) -> None:
    """Say that there are 2^31 objects in the pack."""
    body[pack + 8 : pack + 12] = b"\x7f\xff\xff\xff"


def other_size(body: bytearray, pack: int) -> None:
    """Say that the first object is larger than it is."""
    body[pack + 12] ^= 0x01


def other_bytes(body: bytearray, pack: int) -> None:
    """Change a byte in the first object."""
    body[pack + 20] ^= 0xFF


def dumb(answers: Answers) -> Answers:
    """Answer as a server of plain files does."""

    def answer(request: Request) -> Answer:
        path, _, query = request.path.partition("?")
        return answers(request._replace(path=path)) if query else answers(request)

    return answer
