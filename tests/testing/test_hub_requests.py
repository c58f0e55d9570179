import json

from provenance.testing.hub_requests import Refusal, Reply


def test_an_answer_in_json_has_its_length() -> None:
    reply = Reply.of_json({"a": 1}, {"X": "y"})

    assert json.loads(b"".join(reply.body)) == {"a": 1}
    assert (reply.length, reply.headers["X"]) == (8, "y")


def test_a_refusal_carries_status_code_and_words() -> None:
    refusal = Refusal(404, "RepoNotFound", "nothing here")

    assert (refusal.status, refusal.code, str(refusal)) == (404, "RepoNotFound", "nothing here")
