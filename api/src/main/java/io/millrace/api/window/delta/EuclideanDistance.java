package io.millrace.api.window.delta;

/**
 * The distance of two points of as many dimensions.
 *
 * @param <DATA> the records
 */
public class EuclideanDistance<DATA> extends ExtractionAwareDeltaFunction<DATA, double[]> {
    private static final long serialVersionUID = 1L;

    /** Of records that are points. */
    public EuclideanDistance() {
        super(null);
    }

    public EuclideanDistance(Extractor<DATA, double[]> converter) {
        super(converter);
    }

    @Override
    public double getNestedDelta(double[] oldDataPoint, double[] newDataPoint) {
        double sum = 0;
        for (int i = 0; i < oldDataPoint.length; i++) {
            double difference = oldDataPoint[i] - newDataPoint[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
