package io.millrace.runtime.operator.window;

import io.millrace.api.window.WindowAssigner;
import java.util.function.LongSupplier;

/** What an assigner is given. Immutable. */
final class AssignerScope extends WindowAssigner.WindowAssignerContext {
    private final LongSupplier clockMs;

    AssignerScope(LongSupplier clockMs) {
        this.clockMs = clockMs;
    }

    @Override
    public long getCurrentProcessingTime() {
        return clockMs.getAsLong();
    }
}
