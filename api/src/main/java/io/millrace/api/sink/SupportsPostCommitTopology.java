package io.millrace.api.sink;

import io.millrace.api.stream.DataStream;

/**
 * A sink with operators that see what has been committed. The sink implements {@link
 * SupportsCommitter} too.
 *
 * <p>The committer of such a sink runs in tasks of the job, in front of these operators, when it
 * hears that a checkpoint is complete; a checkpoint that is complete holds what is not known to be
 * committed and told of. So everything that is committed is told of at least once, and again after
 * a fault. In jobs that take no checkpoints, batch jobs among them, it commits at the end of its
 * input: what it has committed then stays visible if the job fails afterwards.
 *
 * @param <CommittableT> what is committed
 */
public interface SupportsPostCommitTopology<CommittableT> {
    /**
     * Called by {@link DataStream#sinkTo}, once for each stream that ends in the sink.
     *
     * @param committables what has been committed: for each subtask of the committer and each
     *     checkpoint a summary, then what it announces
     */
    void addPostCommitTopology(DataStream<CommittableMessage<CommittableT>> committables);
}
