package io.millrace.api.window.delta;

/**
 * 1 less the cosine of the angle between two vectors of as many dimensions; 0 if one of them has no
 * length.
 *
 * @param <DATA> the records
 */
public class CosineDistance<DATA> extends ExtractionAwareDeltaFunction<DATA, double[]> {
    private static final long serialVersionUID = 1L;

    /** Of records that are vectors. */
    public CosineDistance() {
        super(null);
    }

    public CosineDistance(Extractor<DATA, double[]> converter) {
        super(converter);
    }

    @Override
    public double getNestedDelta(double[] oldDataPoint, double[] newDataPoint) {
        double product = 0;
        double oldLength = 0;
        double newLength = 0;
        for (int i = 0; i < oldDataPoint.length; i++) {
            product += oldDataPoint[i] * newDataPoint[i];
            oldLength += oldDataPoint[i] * oldDataPoint[i];
            newLength += newDataPoint[i] * newDataPoint[i];
        }
        if (oldLength == 0 || newLength == 0) {
            return 0;
        }
        return 1 - product / (Math.sqrt(oldLength) * Math.sqrt(newLength));
    }
}
