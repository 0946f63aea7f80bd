package io.millrace.api.bounded;

import io.millrace.api.graph.BoundedJoinKind;
import io.millrace.api.stream.SingleOutputStreamOperator;

/**
 * A semi or anti join whose keys are said. Immutable.
 *
 * @param <L> records that stay or go
 */
public final class KeyedFilter<L> {
    private final JoinInputs<L, ?, ?> inputs;

    KeyedFilter(JoinInputs<L, ?, ?> inputs) {
        this.inputs = inputs;
    }

    /**
     * How it is to be done.
     *
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} if the first stream
     *     would be broadcast
     */
    public KeyedFilter<L> hint(JoinHint hint) {
        return new KeyedFilter<>(inputs.with(hint));
    }

    /** The records that stay, each once, as they are. */
    public SingleOutputStreamOperator<L> toStream() {
        String name = inputs.kind() == BoundedJoinKind.SEMI ? "Semi Join" : "Anti Join";
        return inputs.add(name, null, inputs.first().getType());
    }
}
