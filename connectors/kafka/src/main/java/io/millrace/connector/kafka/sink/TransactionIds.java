package io.millrace.connector.kafka.sink;

import io.millrace.api.stream.JobID;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Ids of the transactions of one writer. Immutable.
 *
 * <pre>
 * id := prefix "-" job (32 hex) "-" operator (8 hex) "-" subtask "-" writer "-" number
 * </pre>
 *
 * The writer is random, so that no two attempts have an id in common, whatever their numbers.
 *
 * @param subtaskScope up to the subtask, with the dash behind it
 */
record TransactionIds(String operatorScope, String subtaskScope, String writerScope) {
    private static final int OPERATOR_DIGITS = 8;
    private static final int WRITER_DIGITS = 16;

    static TransactionIds of(String prefix, JobID job, String operator, int subtask) {
        String operatorScope = jobScope(prefix, job) + hash(operator) + "-";
        String subtaskScope = operatorScope + subtask + "-";
        String writer = UUID.randomUUID().toString().replace("-", "").substring(0, WRITER_DIGITS);
        return new TransactionIds(operatorScope, subtaskScope, subtaskScope + writer + "-");
    }

    /** What all ids of a job begin with, with the dash behind it. */
    static String jobScope(String prefix, JobID job) {
        return prefix + "-" + job.toHexString() + "-";
    }

    /** What all ids of an operator begin with, by one of them. */
    static String operatorScope(String jobScope, String id) {
        return id.substring(0, jobScope.length() + OPERATOR_DIGITS + 1);
    }

    private static String hash(String operator) {
        UUID id = UUID.nameUUIDFromBytes(operator.getBytes(StandardCharsets.UTF_8));
        return id.toString().substring(0, OPERATOR_DIGITS);
    }

    String numbered(long number) {
        return writerScope + number;
    }

    /**
     * Whether an id is one that this writer has to tidy up after: of another attempt at its own
     * subtask, or at one that there is no more since the operator has fewer.
     */
    boolean isLeftBehind(String id, int subtask, int parallelism) {
        if (!id.startsWith(operatorScope) || id.startsWith(writerScope)) {
            return false;
        }
        int end = id.indexOf('-', operatorScope.length());
        if (end < 0) {
            return false;
        }
        try {
            int other = Integer.parseInt(id.substring(operatorScope.length(), end));
            return other == subtask || other >= parallelism && other % parallelism == subtask;
        } catch (NumberFormatException e) {
            return false; // not one of ours
        }
    }
}
