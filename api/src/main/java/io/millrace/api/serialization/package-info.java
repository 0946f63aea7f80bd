/**
 * Bytes for the outside: encoders that write records to files. Way in: {@link
 * io.millrace.api.serialization.Encoder}. Confined to the task that uses them.
 */
package io.millrace.api.serialization;
