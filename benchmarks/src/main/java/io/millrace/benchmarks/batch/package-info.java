/**
 * Batch jobs on Millrace, Flink and Spark in one run: what they cost, what memory and disk they
 * take, and that their answers are equal. Way in: {@code BatchMeasures}, the command {@code
 * bin/benchmarks batch}. Each job runs in a process of its own, from start to end, as a scheduled
 * one does; its programs are {@code MillraceBatch}, {@code FlinkBatch} and {@code SparkBatch}.
 */
package io.millrace.benchmarks.batch;
