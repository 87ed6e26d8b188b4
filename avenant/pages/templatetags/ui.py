"""`{% load ui %}`: every component of the pages. `/design` shows each one."""

from django.template import Library

from avenant.pages.components import figures, forms, marks, work

register = Library()
for part in (marks, forms, work, figures):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
