/** The batch jobs on Spark, as its users write them. Way in: {@code SparkBatch.main}. */
package io.millrace.benchmarks.spark;
