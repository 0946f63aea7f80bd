package io.millrace.api.stream;

import io.millrace.api.stream.ExecutionConfig.ClosureCleanerLevel;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;

/**
 * What a program set that has no effect here, for the program to read back. Each setter of {@link
 * ExecutionConfig} says why. Not thread-safe; stays in the program.
 */
@SuppressWarnings("deprecation") // most of it is of older versions
final class ProgramNotes implements Serializable {
    private static final long serialVersionUID = 1L;

    ClosureCleanerLevel closureCleanerLevel = ClosureCleanerLevel.RECURSIVE;
    long latencyTrackingIntervalMs;
    long taskCancellationIntervalMs = 30_000;
    long taskCancellationTimeoutMs = 180_000;
    int executionRetries = -1;
    long executionRetryDelayMs = 10_000;
    ExecutionMode executionMode = ExecutionMode.PIPELINED;
    InputDependencyConstraint inputDependencyConstraint = InputDependencyConstraint.ANY;
    boolean forceKryo;
    boolean forceAvro;
    boolean autoTypeRegistration = true;
    final LinkedHashSet<Class<?>> pojoTypes = new LinkedHashSet<>();
    final LinkedHashSet<Class<?>> kryoTypes = new LinkedHashSet<>();
    final LinkedHashMap<Class<?>, Class<?>> defaultKryoSerializers = new LinkedHashMap<>();
    final LinkedHashMap<Class<?>, Class<?>> kryoSerializers = new LinkedHashMap<>();
}
