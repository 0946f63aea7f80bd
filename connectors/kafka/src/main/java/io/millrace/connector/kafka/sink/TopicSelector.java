package io.millrace.connector.kafka.sink;

import java.io.Serializable;
import java.util.function.Function;

/** Chooses the topic of a record. Pure. */
@FunctionalInterface
public interface TopicSelector<IN> extends Function<IN, String>, Serializable {}
