"""Application forms as data: load and prove them, show what applies, check, freeze, mask.

The forms themselves are in `carriers/<pack>/forms/`, their texts in `texts/`.
"""

from avenant_rules.forms.answers import Answers, with_answer, with_row, without_row
from avenant_rules.forms.canonical import canonical_json, content_hash
from avenant_rules.forms.checking import faults_of_pack
from avenant_rules.forms.decisions import plan_express_facts
from avenant_rules.forms.display import display
from avenant_rules.forms.faults import FormError, FormFault
from avenant_rules.forms.guarantees import Association, Guarantee, ProductData, load_product
from avenant_rules.forms.loader import form_names, form_versions, load_form, read_form
from avenant_rules.forms.model import (
    Check,
    Declaration,
    Form,
    Group,
    Item,
    Option,
    Paragraph,
    Question,
    Reading,
    Section,
    Text,
    TextVersion,
)
from avenant_rules.forms.problems import FieldProblem
from avenant_rules.forms.snapshots import masked_snapshot, snapshot
from avenant_rules.forms.state import FormView, SectionState
from avenant_rules.forms.texts import load_text, text_in_force, text_names
from avenant_rules.forms.values import Value, check_value

__all__ = [
    "Answers",
    "Association",
    "Check",
    "Declaration",
    "FieldProblem",
    "Form",
    "FormError",
    "FormFault",
    "FormView",
    "Group",
    "Guarantee",
    "Item",
    "Option",
    "Paragraph",
    "ProductData",
    "Question",
    "Reading",
    "Section",
    "SectionState",
    "Text",
    "TextVersion",
    "Value",
    "canonical_json",
    "check_value",
    "content_hash",
    "display",
    "faults_of_pack",
    "form_names",
    "form_versions",
    "load_form",
    "load_product",
    "load_text",
    "masked_snapshot",
    "plan_express_facts",
    "read_form",
    "snapshot",
    "text_in_force",
    "text_names",
    "with_answer",
    "with_row",
    "without_row",
]
