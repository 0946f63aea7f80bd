package io.millrace.api.aggregator;

import io.millrace.api.type.Value;
import java.io.Serializable;

/** Says when rounds have come close enough to their end. */
public interface ConvergenceCriterion<T extends Value> extends Serializable {
    /**
     * @param iteration from 1
     * @param value what the round has aggregated
     */
    boolean isConverged(int iteration, T value);
}
