/** The workloads as a programmer writes them who needs no engine: one thread, one loop. */
package io.millrace.benchmarks.plain;
