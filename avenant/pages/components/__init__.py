"""The components of the pages, by theme. Templates get them all with `{% load ui %}`."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def draw(component: str, /, **facts: Any) -> SafeString:
    """Render the template of a component with these facts alone."""
    return render_to_string(f"pages/components/{component}.html", facts)
