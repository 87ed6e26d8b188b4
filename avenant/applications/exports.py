"""Lists as workbooks. Cells are written as text: a name that starts with « = » is no formula."""

import io

import xlsxwriter
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from avenant.applications.models import Application
from avenant.clock import zone

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def submitted_workbook(applications: QuerySet[Application]) -> HttpResponse:
    """The submitted files, one row each."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as workbook:
        sheet = workbook.add_worksheet(_("Propositions"))
        bold = workbook.add_format({"bold": True})
        heads = [_("Numéro"), _("Personne à assurer"), _("Conseiller"), _("Transmise"), _("État")]
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        for row, application in enumerate(applications, start=1):
            submitted = application.submitted_at
            cells = [
                application.number,
                application.insured_name,
                application.advisor.name,
                f"{submitted.astimezone(zone(application.carrier)):%Y-%m-%d %H:%M}"
                if submitted
                else "",
                str(application.get_state_display()),
            ]
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
        sheet.autofit()
    response = HttpResponse(buffer.getvalue(), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="propositions.xlsx"'
    return response
