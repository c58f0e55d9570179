"""Is the chat template there?"""

import attrs

from provenance.checks.searching.holding import Quest, files_of
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Finding


@attrs.frozen
class ChatTemplate:
    """A template that turns messages into text is there. It is read, and never run.

    Needs: ``chat_template.jinja``, or the key ``chat_template`` of ``tokenizer_config.json``.
    Proves: how a conversation is written down for the model is fixed.
    Does not prove: that training used the same.
    Example: ``{% for message in messages %}{{ message.content }}{% endfor %}``.
    """

    id: str = "chat-template-reads-messages"
    component: Component = Component.CHAT_TEMPLATE

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 4."""
        find = files_of(self.component)
        return Quest(self.id, self.component, "chat template", find).judge(facts)
