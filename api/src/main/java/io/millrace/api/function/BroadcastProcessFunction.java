package io.millrace.api.function;

/**
 * Handles the records of a stream beside those of a broadcast one. Every subtask must do the same
 * to the broadcast state for the same broadcast record.
 *
 * @param <IN1> records of the stream
 * @param <IN2> broadcast records
 * @param <OUT> records out
 */
public abstract class BroadcastProcessFunction<IN1, IN2, OUT> extends BaseBroadcastProcessFunction {
    private static final long serialVersionUID = 1L;

    /** Called for each record that is not broadcast. */
    public abstract void processElement(IN1 value, ReadOnlyContext ctx, Collector<OUT> out)
            throws Exception;

    /** Called for each broadcast record. */
    public abstract void processBroadcastElement(IN2 value, Context ctx, Collector<OUT> out)
            throws Exception;

    /** For broadcast records. Implemented by the engine. */
    public abstract class Context extends BaseBroadcastProcessFunction.Context {}

    /** For the other records. Implemented by the engine. */
    public abstract class ReadOnlyContext extends BaseBroadcastProcessFunction.ReadOnlyContext {}
}
