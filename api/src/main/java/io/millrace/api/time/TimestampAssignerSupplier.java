package io.millrace.api.time;

import java.io.Serializable;

/** Makes the timestamp assigner of a task. */
@FunctionalInterface
public interface TimestampAssignerSupplier<T> extends Serializable {
    TimestampAssigner<T> createTimestampAssigner(Context context);

    static <T> TimestampAssignerSupplier<T> of(SerializableTimestampAssigner<T> assigner) {
        return context -> assigner;
    }

    /** What the assigner may know of its task; empty for now. */
    interface Context {}
}
