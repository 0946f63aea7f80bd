package io.millrace.api.sink;

/**
 * A sink function that is only a name for a {@link Sink}, which {@code addSink} takes in its place.
 *
 * @deprecated use the sink
 */
@Deprecated
public abstract class SinkOfFunction<IN> extends RichSinkFunction<IN> {
    private static final long serialVersionUID = 1L;

    /** What writes the records. */
    public abstract Sink<IN> sink();

    /**
     * Never called by the engine.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final void invoke(IN value, Context context) {
        throw new UnsupportedOperationException(
                getClass().getSimpleName()
                        + " is not called itself: addSink(…) uses the sink behind it.");
    }
}
