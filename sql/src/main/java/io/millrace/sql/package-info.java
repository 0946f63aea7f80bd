/**
 * The Table API and SQL on the runtime's chunks. Empty so far: its floor and its dependencies are
 * fixed, its contents come with SQL.
 */
package io.millrace.sql;
