package io.millrace.api.function;

/**
 * Makes any number of records of each pair that an interval join finds.
 *
 * @param <IN1> records of the left stream
 * @param <IN2> records of the right stream
 * @param <OUT> records out, with the later one of the pair's timestamps
 */
public abstract class ProcessJoinFunction<IN1, IN2, OUT> extends AbstractRichFunction {
    private static final long serialVersionUID = 1L;

    public abstract void processElement(IN1 left, IN2 right, Context ctx, Collector<OUT> out)
            throws Exception;

    /** What is known about the pair; times in milliseconds since the epoch. */
    public abstract class Context {
        public abstract long getLeftTimestamp();

        public abstract long getRightTimestamp();

        /** The later of both. */
        public abstract long getTimestamp();

        public abstract <X> void output(OutputTag<X> outputTag, X value);
    }
}
