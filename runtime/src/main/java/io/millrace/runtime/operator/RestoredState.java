package io.millrace.runtime.operator;

import io.millrace.runtime.checkpoint.OperatorRestore;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.TaskRestore;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a new attempt begins with. Immutable.
 *
 * @param restore null if the task starts anew
 * @param segments reads the files of the checkpoint
 */
public record RestoredState(TaskRestore restore, SegmentSource segments) {
    /** Of a task that starts anew. */
    public static final RestoredState NONE =
            new RestoredState(
                    null,
                    segment -> {
                        throw new FileNotFoundException(
                                segment.file() + ": nothing is restored, so there are no files");
                    });

    /** Empty if the task starts anew. */
    public OptionalLong checkpointId() {
        return restore == null ? OptionalLong.empty() : OptionalLong.of(restore.checkpointId());
    }

    /** Whether the task was through at that checkpoint. */
    public boolean finished() {
        return restore != null && restore.finished();
    }

    /** The state of one operator; empty if there is none. */
    public List<RestoredPart> of(int operatorIndex) {
        if (restore == null) {
            return List.of();
        }
        for (OperatorRestore operator : restore.operators()) {
            if (operator.operatorIndex() == operatorIndex) {
                return operator.parts();
            }
        }
        return List.of();
    }

    /** Records that were on their way to the task. */
    public List<RestoredPart> channels() {
        return restore == null ? List.of() : restore.channels();
    }
}
