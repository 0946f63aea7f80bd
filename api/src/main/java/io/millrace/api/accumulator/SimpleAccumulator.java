package io.millrace.api.accumulator;

import java.io.Serializable;

/**
 * An accumulator whose result is of the type of its values.
 *
 * @param <T> values and result
 */
public interface SimpleAccumulator<T extends Serializable> extends Accumulator<T, T> {}
