package io.millrace.api.window.delta;

/**
 * Compares what is taken out of the records.
 *
 * @param <DATA> the records
 * @param <TO> what is compared
 */
public abstract class ExtractionAwareDeltaFunction<DATA, TO> implements DeltaFunction<DATA> {
    private static final long serialVersionUID = 1L;

    private final Extractor<DATA, TO> converter;

    /**
     * @param converter null if records are compared themselves
     */
    public ExtractionAwareDeltaFunction(Extractor<DATA, TO> converter) {
        this.converter = converter;
    }

    @Override
    public double getDelta(DATA oldDataPoint, DATA newDataPoint) {
        return getNestedDelta(extract(oldDataPoint), extract(newDataPoint));
    }

    @SuppressWarnings("unchecked") // without a converter the two are the same
    private TO extract(DATA record) {
        return converter == null ? (TO) record : converter.extract(record);
    }

    public abstract double getNestedDelta(TO oldDataPoint, TO newDataPoint);
}
