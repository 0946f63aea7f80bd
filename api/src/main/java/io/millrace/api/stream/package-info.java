/**
 * What a program is written with: the environment, streams, and the job that execution gives back.
 * Way in: {@link io.millrace.api.stream.StreamExecutionEnvironment}. Builds graphs, runs nothing.
 * Not thread-safe, but for {@link io.millrace.api.stream.JobClient}.
 */
package io.millrace.api.stream;
