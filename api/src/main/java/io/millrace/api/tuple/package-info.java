/**
 * Tuples of 0 to 25 fields, public and mutable, as programs use them in between named types. Not
 * thread-safe.
 */
package io.millrace.api.tuple;
