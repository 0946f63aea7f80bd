package io.millrace.api.error;

/**
 * What went wrong, as a stable name. Failover, exit codes and tests read the code, never a
 * message's text or an exception's class.
 *
 * <p>Immutable. The table of exit codes is in {@code docs/errors.md}; a test keeps both equal.
 */
public enum ErrorCode {
    /** The command line or an option is not what the program accepts. */
    USAGE(Category.USER, Advice.FAIL, 2),
    UNKNOWN_OPTION(Category.USER, Advice.FAIL, 2),
    INVALID_OPTION(Category.USER, Advice.FAIL, 2),

    /** The job's inputs and outputs. */
    PATH_NOT_FOUND(Category.USER, Advice.FAIL, 3),
    PERMISSION_DENIED(Category.USER, Advice.FAIL, 3),
    OUTPUT_EXISTS(Category.USER, Advice.FAIL, 3),
    FILE_SYSTEM_UNKNOWN(Category.USER, Advice.FAIL, 3),
    /** A topic, or a partition of it, is not there or not the one that was read. */
    TOPIC_NOT_FOUND(Category.USER, Advice.FAIL, 3),

    /** The user's program, before it runs. */
    JAR_UNREADABLE(Category.USER, Advice.FAIL, 4),
    NO_MAIN_CLASS(Category.USER, Advice.FAIL, 4),
    MAIN_THREW(Category.USER, Advice.FAIL, 4),
    FUNCTION_NOT_SERIALIZABLE(Category.USER, Advice.FAIL, 4),
    PROGRAM_INVALID(Category.USER, Advice.FAIL, 4),

    /** The cluster will not or cannot run it. */
    QUEUE_NOT_FOUND(Category.RESOURCE, Advice.FAIL, 5),
    RESOURCE_EXCEEDS_MAXIMUM(Category.RESOURCE, Advice.FAIL, 5),
    SUBMISSION_REJECTED(Category.RESOURCE, Advice.FAIL, 5),
    RESOURCES_NOT_GRANTED(Category.RESOURCE, Advice.RETRY, 5),
    CLUSTER_UNREACHABLE(Category.EXTERNAL, Advice.RETRY, 6),
    CLUSTER_NOT_CONFIGURED(Category.USER, Advice.FAIL, 6),
    /** Client, application master and workers are not of the same Millrace. */
    VERSION_MISMATCH(Category.USER, Advice.FAIL, 6),

    /** The job while it runs. */
    USER_CODE_FAILED(Category.USER, Advice.FAIL, 1),
    /** A file is not what its name says, or is damaged. */
    INPUT_MALFORMED(Category.USER, Advice.FAIL, 1),
    RECORD_TYPE_UNKNOWN(Category.USER, Advice.FAIL, 1),
    /** A record needs more memory than the step that handles it has. */
    RECORD_TOO_LARGE(Category.USER, Advice.FAIL, 1),
    /** Windows and joins of event time need to know when it happened. */
    RECORD_WITHOUT_TIMESTAMP(Category.USER, Advice.FAIL, 1),
    /** Stored data cannot be read into the classes of today. */
    SCHEMA_INCOMPATIBLE(Category.USER, Advice.FAIL, 1),
    /** Accumulators of one name are of different kinds. */
    ACCUMULATOR_CONFLICT(Category.USER, Advice.FAIL, 1),
    /** An accumulator is too large, or cannot be written or read. */
    ACCUMULATOR_LOST(Category.USER, Advice.FAIL, 1),
    /** What was to be read next is not there any more, or not yet. */
    OFFSET_OUT_OF_RANGE(Category.USER, Advice.FAIL, 1),
    /** The brokers of a topic do not answer. */
    BROKER_UNREACHABLE(Category.EXTERNAL, Advice.RESTART, 1),
    STORAGE_FAILED(Category.EXTERNAL, Advice.RESTART, 1),
    WORKER_LOST(Category.RESOURCE, Advice.RESTART, 1),
    EXCHANGE_FAILED(Category.EXTERNAL, Advice.RESTART, 1),
    /** What an earlier stage wrote cannot be read: it is made anew. */
    RESULT_LOST(Category.EXTERNAL, Advice.RESTART, 1),
    COMMIT_FAILED(Category.EXTERNAL, Advice.RETRY, 1),
    /** Output that was prepared can never be made visible: what a reader sees is incomplete. */
    DATA_LOSS(Category.EXTERNAL, Advice.FAIL, 1),
    RESTARTS_EXHAUSTED(Category.RESOURCE, Advice.FAIL, 1),
    /** An unbounded job lost a task and has no checkpoint to go back to. */
    NO_CHECKPOINT_TO_RESTORE(Category.RESOURCE, Advice.FAIL, 1),

    /** Checkpoints. */
    CHECKPOINT_NOT_FOUND(Category.USER, Advice.FAIL, 3),
    /** A file of a checkpoint is not what was written. */
    CHECKPOINT_FILE_CORRUPT(Category.EXTERNAL, Advice.RESTART, 1),
    /** The program cannot be started from this checkpoint. */
    CHECKPOINT_INCOMPATIBLE(Category.USER, Advice.FAIL, 4),
    /** A task has no place for what lies in front of a barrier. */
    CHECKPOINT_DECLINED(Category.USER, Advice.RESTART, 1),
    /** More checkpoints in a row have failed than the job tolerates. */
    CHECKPOINTS_FAILING(Category.EXTERNAL, Advice.RESTART, 1),

    /** A savepoint was not written; the message says why, and what became of the job. */
    SAVEPOINT_FAILED(Category.EXTERNAL, Advice.RETRY, 1),
    OPERATION_NOT_FOUND(Category.USER, Advice.FAIL, 8),
    /** A job did not get another parallelism; it goes on at the one that it had. */
    RESCALE_FAILED(Category.EXTERNAL, Advice.RETRY, 1),

    JOB_CANCELED(Category.USER, Advice.FAIL, 7),
    JOB_NOT_FOUND(Category.USER, Advice.FAIL, 8),
    NOT_PERMITTED(Category.USER, Advice.FAIL, 8),
    AUTHENTICATION_FAILED(Category.USER, Advice.FAIL, 8),
    /** A job was submitted, and who waited for it cannot tell how it ends. */
    OUTCOME_UNKNOWN(Category.EXTERNAL, Advice.RETRY, 9),
    LEADERSHIP_LOST(Category.EXTERNAL, Advice.RESTART, 70),

    /** A defect of Millrace itself. */
    INTERNAL(Category.INTERNAL, Advice.RESTART, 70);

    /** Whose business the error is. */
    public enum Category {
        USER,
        RESOURCE,
        EXTERNAL,
        INTERNAL
    }

    /** What the one who meets the error should do. */
    public enum Advice {
        /** Try the same step again. */
        RETRY,
        /** Start the failed region again. */
        RESTART,
        /** End the job: trying again would fail the same way. */
        FAIL
    }

    private final Category category;
    private final Advice advice;
    private final int exitCode;

    ErrorCode(Category category, Advice advice, int exitCode) {
        this.category = category;
        this.advice = advice;
        this.exitCode = exitCode;
    }

    public Category category() {
        return category;
    }

    public Advice advice() {
        return advice;
    }

    /** The exit code of a command that ends with this error, 1 to 125. */
    public int exitCode() {
        return exitCode;
    }
}
