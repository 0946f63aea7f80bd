package io.millrace.api.sink;

import io.millrace.api.source.SimpleVersionedSerializer;

/**
 * A sink with operators between its writers and its committer, in the older form.
 *
 * @deprecated implement {@link SupportsPreCommitTopology}
 */
@Deprecated
public interface WithPreCommitTopology<InputT, CommT>
        extends TwoPhaseCommittingSink<InputT, CommT>, SupportsPreCommitTopology<CommT, CommT> {
    @Override
    default SimpleVersionedSerializer<CommT> getWriteResultSerializer() {
        return getCommittableSerializer();
    }
}
