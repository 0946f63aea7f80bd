package io.millrace.api.window.delta;

import java.io.Serializable;

/**
 * Says how far two records are from each other.
 *
 * @param <DATA> the records
 */
@FunctionalInterface
public interface DeltaFunction<DATA> extends Serializable {
    double getDelta(DATA oldDataPoint, DATA newDataPoint);
}
