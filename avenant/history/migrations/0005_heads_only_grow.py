"""A head moves on by one event at a time and is never removed; anchors are not emptied either."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION history_head_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.dossier <> OLD.dossier OR NEW.length <> OLD.length + 1 THEN
        RAISE EXCEPTION 'history is append-only: the head of % cannot go back', OLD.dossier
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER history_chain_grows
    BEFORE UPDATE ON history_chain
    FOR EACH ROW EXECUTE FUNCTION history_head_grows();
CREATE TRIGGER history_chain_stays
    BEFORE DELETE ON history_chain
    FOR EACH ROW EXECUTE FUNCTION history_refuse_change();
CREATE TRIGGER history_chain_no_truncate
    BEFORE TRUNCATE ON history_chain
    FOR EACH STATEMENT EXECUTE FUNCTION history_refuse_change();
CREATE TRIGGER history_anchor_no_truncate
    BEFORE TRUNCATE ON history_anchor
    FOR EACH STATEMENT EXECUTE FUNCTION history_refuse_change();
"""
BACKWARD = """
DROP TRIGGER history_anchor_no_truncate ON history_anchor;
DROP TRIGGER history_chain_no_truncate ON history_chain;
DROP TRIGGER history_chain_stays ON history_chain;
DROP TRIGGER history_chain_grows ON history_chain;
DROP FUNCTION history_head_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("history", "0004_key_chains")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
