/**
 * The texts that describe options: built of elements, and shown by a formatter. Way in: {@link
 * io.millrace.api.option.description.Description#builder}. Immutable, but for builders and
 * formatters, which are confined to their caller.
 */
package io.millrace.api.option.description;
