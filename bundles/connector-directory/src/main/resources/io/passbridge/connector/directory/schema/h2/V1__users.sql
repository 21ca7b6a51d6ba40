-- no index but the number: the process that owns the file keeps one in memory, see MemoryIndex
CREATE TABLE IF NOT EXISTS directory_user (
    id               BIGINT        NOT NULL PRIMARY KEY,
    anchor           VARCHAR(255)  NOT NULL,
    login_name       VARCHAR(320)  NOT NULL,
    aliases          VARCHAR(8192) NOT NULL,
    display_name     VARCHAR(1024) NOT NULL,
    given_name       VARCHAR(1024) NOT NULL,
    family_name      VARCHAR(1024) NOT NULL,
    mail             VARCHAR(1024) NOT NULL,
    version_sequence BIGINT        NOT NULL,
    version_time     BIGINT        NOT NULL,
    changed_at       BIGINT        NOT NULL,
    state            INTEGER       NOT NULL,
    scheme           VARCHAR(40),
    digest           VARCHAR(4200)
);
