package io.millrace.api.function;

/**
 * Takes the key out of a record. Must be deterministic, and the key must have a stable {@code
 * hashCode}.
 *
 * @param <IN> the records
 * @param <KEY> the keys
 */
@FunctionalInterface
public interface KeySelector<IN, KEY> extends Function {
    KEY getKey(IN value) throws Exception;
}
