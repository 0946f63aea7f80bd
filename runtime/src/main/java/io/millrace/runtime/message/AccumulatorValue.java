package io.millrace.runtime.message;

/**
 * One accumulator of one subtask. Immutable; the array is never written to.
 *
 * @param operator that registered it
 * @param bytes the accumulator by Java serialization behind the filter; null if there is a failure
 * @param failure why there is no value, or null
 */
public record AccumulatorValue(String operator, String name, byte[] bytes, String failure) {}
