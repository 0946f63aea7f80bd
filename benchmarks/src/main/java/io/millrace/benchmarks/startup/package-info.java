/** A job that only has to start. Way in: {@code Endless.main}. */
package io.millrace.benchmarks.startup;
