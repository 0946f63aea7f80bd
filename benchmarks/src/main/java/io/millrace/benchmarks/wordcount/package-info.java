/** WordCount, the same program for both engines. Way in: the two {@code main} classes. */
package io.millrace.benchmarks.wordcount;
