package io.millrace.api.sink;

/**
 * A sink with operators that see what has been committed, in the older form.
 *
 * @deprecated implement {@link SupportsPostCommitTopology}
 */
@Deprecated
public interface WithPostCommitTopology<InputT, CommT>
        extends TwoPhaseCommittingSink<InputT, CommT>, SupportsPostCommitTopology<CommT> {}
