package io.millrace.api.operator;

import io.millrace.api.graph.OperatorSpec;
import java.util.Objects;

/**
 * Stands for an operator of the engine's own where a program wants to see the operator behind a
 * stream: what it does is said by its spec, and the engine's class for that runs it, in a job and
 * in the harnesses of tests. It cannot be called itself. Immutable but for what every operator has.
 */
public final class EngineOperator<IN, OUT> extends AbstractStreamOperator<OUT>
        implements OneInputStreamOperator<IN, OUT> {
    private static final long serialVersionUID = 1L;

    private final OperatorSpec spec;

    public EngineOperator(OperatorSpec spec) {
        this.spec = Objects.requireNonNull(spec);
    }

    /** What it does. */
    public OperatorSpec spec() {
        return spec;
    }

    /**
     * @throws UnsupportedOperationException always: the engine does not go through it
     */
    @Override
    public void processElement(StreamRecord<IN> element) {
        throw new UnsupportedOperationException(
                "An operator of the engine ("
                        + spec.kind()
                        + ") is not called by programs. Add it to a stream with transform(…), or give"
                        + " it to a test harness.");
    }
}
