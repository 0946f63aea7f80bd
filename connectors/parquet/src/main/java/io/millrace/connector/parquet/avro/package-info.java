/**
 * How parquet-java writes records of Avro for us: with columns in orders that all readers know. Way
 * in: {@link io.millrace.connector.parquet.avro.AvroWriting}, from the package above only. Writers
 * are confined to their task. Apart, because parquet-java's builder names Hadoop's {@code
 * Configuration} in a signature; that class need not be there when a job runs.
 */
package io.millrace.connector.parquet.avro;
