package io.millrace.api.time;

import io.millrace.api.metric.MetricGroup;
import java.io.Serializable;
import java.util.Objects;

/** Makes the timestamp assigner of a task. */
@FunctionalInterface
public interface TimestampAssignerSupplier<T> extends Serializable {
    TimestampAssigner<T> createTimestampAssigner(Context context);

    static <T> TimestampAssignerSupplier<T> of(SerializableTimestampAssigner<T> assigner) {
        return new SupplierFromSerializableTimestampAssigner<>(assigner);
    }

    /** What the assigner may know of its task. */
    interface Context {
        /** The group of the operator that stamps. */
        MetricGroup getMetricGroup();
    }

    /**
     * Gives the same assigner each time. Immutable.
     *
     * @param <T> the records
     */
    class SupplierFromSerializableTimestampAssigner<T> implements TimestampAssignerSupplier<T> {
        private static final long serialVersionUID = 1L;

        private final SerializableTimestampAssigner<T> assigner;

        public SupplierFromSerializableTimestampAssigner(
                SerializableTimestampAssigner<T> assigner) {
            this.assigner = Objects.requireNonNull(assigner, "assigner");
        }

        @Override
        public TimestampAssigner<T> createTimestampAssigner(Context context) {
            return assigner;
        }
    }
}
