/**
 * The batch jobs on Spark, as its users write them, and Spark as a reader of our savepoints. Ways
 * in: {@code SparkBatch.main}, {@code SavepointTables.main}.
 */
package io.millrace.benchmarks.spark;
