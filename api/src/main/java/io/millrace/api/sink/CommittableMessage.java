package io.millrace.api.sink;

/**
 * What goes from the writers of a sink to its committer, where operators of the sink's own stand
 * between: a {@link CommittableSummary} for each writer and checkpoint, then as many {@link
 * CommittableWithLineage} as it says.
 *
 * @param <CommT> what is to be committed
 */
public interface CommittableMessage<CommT> {
    /**
     * The checkpoint of what was prepared at the end of input.
     *
     * @deprecated the end of input has no checkpoint of its own; compare with nothing
     */
    @Deprecated long EOI = Long.MAX_VALUE;

    /** Of the writer, or of the operator that has put its output together anew. */
    int getSubtaskId();

    /**
     * The checkpoint that it was prepared for; {@link Long#MAX_VALUE} at the end of input. It stays
     * the same on the whole way, however late the message comes: what an operator does for a
     * checkpoint goes by this, never by the checkpoint that is being taken.
     */
    long getCheckpointId();

    /**
     * The same.
     *
     * @deprecated use {@link #getCheckpointId}
     */
    @Deprecated
    default long getCheckpointIdOrEOI() {
        return getCheckpointId();
    }
}
