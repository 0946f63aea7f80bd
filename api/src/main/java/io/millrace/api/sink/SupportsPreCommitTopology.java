package io.millrace.api.sink;

import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.stream.DataStream;

/**
 * A sink with operators between its writers and its committer, which turn what writers prepare into
 * what is committed: that put small files together, say. The sink implements {@link
 * SupportsCommitter} too.
 *
 * @param <WriterResultT> what the writers prepare; may be {@code CommittableT}
 * @param <CommittableT> what is committed
 */
public interface SupportsPreCommitTopology<WriterResultT, CommittableT> {
    /**
     * Called by {@link DataStream#sinkTo}, once for each stream that ends in the sink. Writers send
     * their messages before the barrier of the checkpoint that they prepare for. What an operator
     * keeps back belongs in its state; what it passes on keeps the checkpoint that it carries, and
     * is committed when a checkpoint is complete that was taken after it had come to the committer.
     *
     * @param committables summaries and what they announce, from all writers
     * @return what is committed; operators on the way should have a {@code uid}
     */
    DataStream<CommittableMessage<CommittableT>> addPreCommitTopology(
            DataStream<CommittableMessage<WriterResultT>> committables);

    SimpleVersionedSerializer<WriterResultT> getWriteResultSerializer();
}
