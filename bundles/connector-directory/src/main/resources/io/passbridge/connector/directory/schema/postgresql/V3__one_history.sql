-- where releases before this one noted the version of the schema
DROP TABLE IF EXISTS directory_schema;
