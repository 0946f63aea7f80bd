/**
 * Records as JSON, through Jackson: a record a line in files, a record a message elsewhere. Way in:
 * {@link io.millrace.connector.json.JsonLineFormat}, {@link
 * io.millrace.connector.json.JsonLineEncoder}, {@link
 * io.millrace.connector.json.JsonDeserializationSchema} and {@link
 * io.millrace.connector.json.JsonSerializationSchema}. Formats are immutable; schemas are confined
 * to their task. Design: {@code docs/design/formats.md}.
 */
package io.millrace.connector.json;
