/**
 * The older source of generated records, for {@code addSource}: generators of random values and of
 * sequences, and a source function that calls them at a rate. {@link
 * io.millrace.connector.datagen.DataGeneratorSource} is the newer one. Confined to the source's
 * thread.
 */
package io.millrace.connector.datagen.function;
