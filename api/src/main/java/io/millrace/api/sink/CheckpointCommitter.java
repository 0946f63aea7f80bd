package io.millrace.api.sink;

import java.io.Serializable;

/**
 * Remembers, in an outside system, of which checkpoints a {@link GenericWriteAheadSink} has sent
 * the records. What it remembers must outlive the job: it decides whether records are sent again
 * after a failure. Travels with the program; confined to its task.
 *
 * <p>Called in this order: {@link #setJobId} and {@link #createResource} when the program is made,
 * {@link #setOperatorId} and {@link #open} in each task, then the others.
 */
public abstract class CheckpointCommitter implements Serializable {
    private static final long serialVersionUID = 1L;

    /** As the program names its job: what is remembered under one name must not be of two jobs. */
    protected String jobId;

    /** Of the sink; the same after each restart. */
    protected String operatorId;

    public void setJobId(String id) throws Exception {
        this.jobId = id;
    }

    public void setOperatorId(String id) throws Exception {
        this.operatorId = id;
    }

    public abstract void open() throws Exception;

    public abstract void close() throws Exception;

    /** Makes what the committer keeps its notes in, such as a table, unless it is there. */
    public abstract void createResource() throws Exception;

    /** Records of this checkpoint, and of earlier ones, have been sent: durable when it returns. */
    public abstract void commitCheckpoint(int subtaskIdx, long checkpointID) throws Exception;

    /** Whether records of this checkpoint have been sent; also of checkpoints that were earlier. */
    public abstract boolean isCheckpointCommitted(int subtaskIdx, long checkpointID)
            throws Exception;
}
