package io.millrace.api.time;

import java.io.Serializable;

/** A {@link TimestampAssigner} that a lambda can be. */
@FunctionalInterface
public interface SerializableTimestampAssigner<T> extends TimestampAssigner<T>, Serializable {}
