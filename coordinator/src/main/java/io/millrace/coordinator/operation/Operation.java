package io.millrace.coordinator.operation;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.runtime.plan.JobId;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What somebody has asked for. Immutable.
 *
 * @param id of the operation, by whoever asks: the same one again is the same operation
 * @param target the directory that the savepoint's own one is to lie in; null for the job's
 * @param format of the savepoint; both forms are read by every state back end
 * @param who asked, for the record
 * @param parallelism that the job is to have; 0 for what does not change it
 */
public record Operation(
        String id,
        JobId jobId,
        OperationKind kind,
        String target,
        SavepointFormatType format,
        String who,
        int parallelism) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    /** One that leaves the job its parallelism. */
    public Operation(
            String id,
            JobId jobId,
            OperationKind kind,
            String target,
            SavepointFormatType format,
            String who) {
        this(id, jobId, kind, target, format, who, 0);
    }

    /**
     * The change of a job's parallelism, after a savepoint of it.
     *
     * @param target the directory that the savepoint's own one is to lie in; null for the job's
     */
    public static Operation rescaleWithSavepoint(
            String id,
            JobId jobId,
            int parallelism,
            String target,
            SavepointFormatType format,
            String who) {
        return new Operation(
                id, jobId, OperationKind.RESCALE_WITH_SAVEPOINT, target, format, who, parallelism);
    }

    /** The change of a job's parallelism. */
    public static Operation rescale(String id, JobId jobId, int parallelism, String who) {
        return new Operation(
                id,
                jobId,
                OperationKind.RESCALE,
                null,
                SavepointFormatType.DEFAULT,
                who,
                parallelism);
    }

    public Operation {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "an operation's id has 1 to 64 letters, digits, - and _, not '" + id + "'");
        }
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(format, "format");
        if (kind.rescales() ? parallelism < 1 : parallelism != 0) {
            throw new IllegalArgumentException(kind + " with parallelism " + parallelism);
        }
    }

    /** Whether an operation may have this id. */
    public static boolean isId(String text) {
        return text != null && ID.matcher(text).matches();
    }
}
