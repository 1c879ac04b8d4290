-- postgresql.sql -- a database for Runde with two roles: one that makes and upgrades the tables, and one
-- that the server runs as, which can read and write rows and nothing else.
--
--     sudo -u postgres psql -v ON_ERROR_STOP=1 -f postgresql.sql
--     runde upgrade --journal 'postgresql://runde_owner@HOST/runde'     once, and after each update of runde
--     runde serve --journal 'postgresql://runde@HOST/runde'
--
-- Passwords, or certificates, are yours to give (\password runde); they go into ~/.pgpass or a service file, never
-- into the connection string.  Other names: psql -v database=... -v owner=... -v server=...
-- Where that is more than you need, one role that owns its database does as well: the server then makes its
-- tables when it starts.

\if :{?database} \else \set database runde \endif
\if :{?owner} \else \set owner runde_owner \endif
\if :{?server} \else \set server runde \endif

CREATE ROLE :"owner" LOGIN;
CREATE ROLE :"server" LOGIN;
CREATE DATABASE :"database" OWNER :"owner" ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"server";

\connect :database
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA runde AUTHORIZATION :"owner";
GRANT USAGE ON SCHEMA runde TO :"server";

-- For every table that the owner makes, by an upgrade too.  What version they are the server only reads.
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA runde
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"server";
SET ROLE :"owner";
CREATE TABLE runde.version (number bigint NOT NULL);
REVOKE INSERT, UPDATE, DELETE ON runde.version FROM :"server";
RESET ROLE;
