package io.millrace.state.api.operator;

import io.millrace.api.option.Config;

/**
 * Which subtask an operator seems to be. Immutable.
 *
 * @param maxParallelism the number of key groups
 * @param config of the job that it seems to be in
 * @param loader of the program's classes
 */
public record Place(
        int subtask, int parallelism, int maxParallelism, Config config, ClassLoader loader) {}
