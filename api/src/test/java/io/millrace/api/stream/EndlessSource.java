package io.millrace.api.stream;

import io.millrace.api.source.Boundedness;
import io.millrace.api.source.NumberSequenceSource;

/** A source that claims not to end. */
final class EndlessSource extends NumberSequenceSource {
    private static final long serialVersionUID = 1L;

    EndlessSource() {
        super(1, Long.MAX_VALUE);
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }
}
