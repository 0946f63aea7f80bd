package io.millrace.api.operator;

/**
 * An operator that may have to live on, and to emit, when its input is over: until a checkpoint is
 * complete, say. It must be the first of its task, which {@link ChainingStrategy#HEAD} makes it.
 * Confined to its task.
 */
public interface EndsLater {
    /**
     * Asked after the last record, before the operator is told of the end, and again after each
     * timer and each notice of a checkpoint, until it returns true. Meanwhile checkpoints go on as
     * before. Not asked where the job ends with a savepoint that waits for the end of all input.
     */
    boolean mayEnd() throws Exception;
}
