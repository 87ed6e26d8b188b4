"""History is append-only: the database refuses to change or remove an event."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION history_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is append-only: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER history_event_append_only
    BEFORE UPDATE OR DELETE ON history_event
    FOR EACH ROW EXECUTE FUNCTION history_refuse_change();
CREATE TRIGGER history_event_no_truncate
    BEFORE TRUNCATE ON history_event
    FOR EACH STATEMENT EXECUTE FUNCTION history_refuse_change();
CREATE TRIGGER history_anchor_append_only
    BEFORE UPDATE OR DELETE ON history_anchor
    FOR EACH ROW EXECUTE FUNCTION history_refuse_change();
"""
BACKWARD = """
DROP TRIGGER history_anchor_append_only ON history_anchor;
DROP TRIGGER history_event_no_truncate ON history_event;
DROP TRIGGER history_event_append_only ON history_event;
DROP FUNCTION history_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
