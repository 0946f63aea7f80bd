package io.millrace.api.window;

import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.io.Serializable;
import java.util.Collection;

/**
 * Says which windows a record belongs to. One instance serves all keys of a subtask.
 *
 * @param <T> the records
 * @param <W> the windows
 */
public abstract class WindowAssigner<T, W extends Window> implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * @param timestamp in milliseconds since the epoch; {@code Long.MIN_VALUE} if the record has
     *     none
     */
    public abstract Collection<W> assignWindows(
            T element, long timestamp, WindowAssignerContext context);

    /**
     * The trigger of windows for which the program sets none. A class overrides this, or the older
     * form of it.
     */
    public Trigger<T, W> getDefaultTrigger() {
        return getDefaultTrigger(null);
    }

    /**
     * The same for older programs.
     *
     * @param env of the program; null if the caller knows none
     * @throws UnsupportedOperationException if the class overrides neither form
     * @deprecated override {@link #getDefaultTrigger()}
     */
    @Deprecated
    public Trigger<T, W> getDefaultTrigger(StreamExecutionEnvironment env) {
        if (!overridesDefaultTrigger()) {
            throw new UnsupportedOperationException(
                    getClass().getName()
                            + " does not say when its windows fire: override getDefaultTrigger(),"
                            + " or set a trigger after window(…).");
        }
        return getDefaultTrigger();
    }

    private boolean overridesDefaultTrigger() {
        try {
            return getClass().getMethod("getDefaultTrigger").getDeclaringClass()
                    != WindowAssigner.class;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes the windows into checkpoints. */
    public abstract TypeSerializer<W> getWindowSerializer(ExecutionConfig executionConfig);

    /** Whether windows end by event time, and records can so be late for them. */
    public abstract boolean isEventTime();

    /** What an assigner may ask. Implemented by the engine. */
    public abstract static class WindowAssignerContext {
        /** The wall clock, in milliseconds since the epoch. */
        public abstract long getCurrentProcessingTime();
    }
}
