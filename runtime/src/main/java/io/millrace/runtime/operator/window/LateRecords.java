package io.millrace.runtime.operator.window;

import io.millrace.api.function.OutputTag;
import io.millrace.api.metric.Counter;
import io.millrace.runtime.operator.OperatorContext;

/** Where records go that are late for all their windows. Confined to the task. */
final class LateRecords {
    private static final String DROPPED = "numLateRecordsDropped";

    private final OperatorContext context;
    private final OutputTag<?> output;
    private Counter dropped; // null before the first one

    /**
     * @param output null to drop and count them
     */
    LateRecords(OperatorContext context, OutputTag<?> output) {
        this.context = context;
        this.output = output;
    }

    /** So that the metric is there from the beginning. */
    void open() {
        dropped = context.runtimeContext().getMetricGroup().counter(DROPPED);
    }

    void take(Object record, long timestampMs) {
        if (output != null) {
            context.sideOutputs().emit(output, record, timestampMs);
        } else {
            dropped.inc();
        }
    }
}
