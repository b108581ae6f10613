"""The layouts of the tables of a shared store, one after another.

A layout that was released never changes; the next one is added behind it. Each is a
list of statements for SQLite and one text for PostgreSQL.
"""

from __future__ import annotations

from typing import Final

from .segment_sql import COLUMN_TYPES

# What both have; {body} is the type of JSON, {now} the time a row is written.
_TABLES: Final = """
CREATE TABLE facts (name text PRIMARY KEY, value text NOT NULL);
CREATE TABLE clock (number bigint NOT NULL, added bigint NOT NULL);
INSERT INTO clock VALUES (0, 0);
CREATE TABLE changes (
    number bigint PRIMARY KEY, who text NOT NULL, why text NOT NULL,
    action text NOT NULL, subject text NOT NULL, undoes bigint NOT NULL,
    at {time} NOT NULL DEFAULT {now}, login text NOT NULL DEFAULT {login}
);
CREATE TABLE history (
    number bigint NOT NULL, kind text NOT NULL, key text NOT NULL,
    before {body}, after {body}, PRIMARY KEY (kind, key, number)
);
CREATE INDEX history_by_number ON history (number);
CREATE TABLE entries (
    kind text NOT NULL, key text NOT NULL, version bigint NOT NULL, body {body},
    PRIMARY KEY (kind, key)
);
CREATE INDEX entries_by_version ON entries (version);
CREATE TABLE segments (
    version bigint NOT NULL, added bigint NOT NULL, retired boolean NOT NULL,
    {columns}, PRIMARY KEY (segment_id)
);
CREATE INDEX segments_by_version ON segments (version)
"""

_SQLITE_AUDIT: Final = (
    *(
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} BEGIN"
        " SELECT RAISE(ABORT, 'the audit trail is only added to'); END"
        for table in ("changes", "history")
        for act in ("UPDATE", "DELETE")
    ),
    "CREATE TRIGGER segments_history AFTER UPDATE ON segments"
    " WHEN OLD.source <> NEW.source OR OLD.target <> NEW.target"
    "  OR OLD.retired <> NEW.retired BEGIN"
    " INSERT INTO history VALUES (NEW.version, 'segment', NEW.segment_id,"
    "  json_object('source', OLD.source, 'target', OLD.target, 'retired', OLD.retired),"
    "  json_object('source', NEW.source, 'target', NEW.target, 'retired', NEW.retired))"
    " ON CONFLICT DO NOTHING; END",
)

_POSTGRES_AUDIT: Final = """
CREATE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE insufficient_privilege USING MESSAGE = 'the audit trail is only added to';
END $$;
CREATE TRIGGER changes_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON changes
    EXECUTE FUNCTION only_added_to();
CREATE TRIGGER history_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON history
    EXECUTE FUNCTION only_added_to();
CREATE FUNCTION name_the_login() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN NEW.login := session_user; NEW.at := clock_timestamp(); RETURN NEW; END $$;
CREATE TRIGGER changes_login BEFORE INSERT ON changes
    FOR EACH ROW EXECUTE FUNCTION name_the_login();
CREATE FUNCTION never_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number < OLD.number OR NEW.added < OLD.added THEN
        RAISE insufficient_privilege USING MESSAGE = 'numbers only grow';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER clock_grows BEFORE UPDATE ON clock
    FOR EACH ROW EXECUTE FUNCTION never_back();
CREATE FUNCTION keep_segment_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO history VALUES (NEW.version, 'segment', NEW.segment_id,
        jsonb_build_object('source', OLD.source, 'target', OLD.target,
                           'retired', OLD.retired),
        jsonb_build_object('source', NEW.source, 'target', NEW.target,
                           'retired', NEW.retired))
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER segments_history AFTER UPDATE ON segments FOR EACH ROW
    WHEN (OLD.source <> NEW.source OR OLD.target <> NEW.target
          OR OLD.retired <> NEW.retired)
    EXECUTE FUNCTION keep_segment_history()
"""

_POSTGRES_ROLES: Final = """
CREATE TABLE rights (login text PRIMARY KEY, role text NOT NULL
    CHECK (role IN ('reader', 'proposer', 'editor', 'owner')));
CREATE FUNCTION role_of_session() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT role FROM termbank.rights WHERE login = session_user),
        CASE WHEN pg_has_role(session_user, nspowner, 'MEMBER')
             THEN 'owner' ELSE 'reader' END)
    FROM pg_namespace WHERE nspname = 'termbank' $$;
CREATE FUNCTION only_proposed(body jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT body IS NOT NULL AND body ? 'concepts' AND NOT EXISTS (
        SELECT FROM jsonb_array_elements(
            (body -> 'concepts') || coalesce(body -> 'terms', '[]')) AS row
        WHERE row ->> 'status' IS DISTINCT FROM 'proposed') $$;
CREATE FUNCTION check_proposer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF termbank.role_of_session() = 'proposer' AND NOT (
        termbank.only_proposed(NEW.body)
        AND (TG_OP = 'INSERT' OR termbank.only_proposed(OLD.body))) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a proposer only proposes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entries_proposed BEFORE INSERT OR UPDATE ON entries
    FOR EACH ROW EXECUTE FUNCTION check_proposer();
CREATE FUNCTION check_segment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF termbank.role_of_session() = 'proposer' AND (NEW.retired
        OR NEW.source <> OLD.source OR NEW.target <> OLD.target) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a proposer only adds segments';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER segments_added BEFORE UPDATE ON segments
    FOR EACH ROW EXECUTE FUNCTION check_segment();
CREATE VIEW concepts AS
    SELECT key AS concept_id, version, r ->> 'kind' AS kind, r ->> 'domain' AS domain,
           r ->> 'status' AS status, (r ->> 'since')::date AS since
    FROM entries, jsonb_array_elements(body -> 'concepts') AS r WHERE kind = 'concept';
CREATE VIEW terms AS
    SELECT key AS concept_id, version, r ->> 'lang' AS lang, r ->> 'form' AS form,
           r ->> 'status' AS status, r ->> 'reading' AS reading, r ->> 'note' AS note,
           r ->> 'reason' AS reason, r ->> 'source' AS source
    FROM entries, jsonb_array_elements(body -> 'terms') AS r WHERE kind = 'concept';
CREATE VIEW definitions AS
    SELECT key AS concept_id, version, r ->> 'lang' AS lang, r ->> 'text' AS text,
           r ->> 'source' AS source
    FROM entries, jsonb_array_elements(body -> 'definitions') AS r
    WHERE kind = 'concept';
CREATE VIEW decisions AS
    SELECT version, r ->> 'lang' AS lang, r ->> 'action' AS action,
           r ->> 'left' AS "left", r ->> 'right' AS "right", r ->> 'who' AS who,
           r ->> 'when' AS "when", r ->> 'why' AS why
    FROM entries, jsonb_array_elements(body -> 'decisions') AS r
    WHERE kind = 'decision'
"""

SQLITE: Final[tuple[tuple[str, ...], ...]] = (
    tuple(
        _TABLES.format(
            body="text",
            time="text",
            now="(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))",
            login="''",
            columns=COLUMN_TYPES,
        ).split(";")
    ),
    _SQLITE_AUDIT,
)
POSTGRES: Final[tuple[str, ...]] = (
    _TABLES.format(
        body="jsonb",
        time="timestamptz",
        now="clock_timestamp()",
        login="session_user",
        columns=COLUMN_TYPES,
    ),
    _POSTGRES_AUDIT,
    _POSTGRES_ROLES,
)
