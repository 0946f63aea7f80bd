package io.millrace.api.sink;

import java.io.IOException;

/**
 * A sink whose output becomes visible by a committer, in the older form.
 *
 * @deprecated implement {@link Sink} and {@link SupportsCommitter}
 */
@Deprecated
public interface TwoPhaseCommittingSink<InputT, CommT>
        extends Sink<InputT>, SupportsCommitter<CommT> {
    /** The older form; an own sink overrides this or the other one. */
    default Committer<CommT> createCommitter() throws IOException {
        throw new UnsupportedOperationException(
                getClass().getName()
                        + " makes no committers: a sink that commits implements"
                        + " createCommitter(CommitterInitContext).");
    }

    @Override
    default Committer<CommT> createCommitter(CommitterInitContext context) throws IOException {
        return createCommitter();
    }

    /** A writer whose output stays invisible until it is committed. */
    interface PrecommittingSinkWriter<InputT, CommT> extends CommittingSinkWriter<InputT, CommT> {}
}
