package io.millrace.runtime.task;

import io.millrace.runtime.checkpoint.OperatorRestore;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.serde.BinaryWriter;
import java.util.Arrays;
import java.util.List;

/**
 * The mark, beside a task's state, that its input was over and its operators held nothing: a
 * function of its waited for the checkpoint. Restored, they are opened and not finished again. It
 * counts at the same parallelism only. Pure.
 *
 * <pre>
 * description := subtask (varint), parallelism (varint)
 * </pre>
 */
final class AfterInput {
    private static final String NAME = "millrace:after-input";
    private static final String FORM = "mark/1";
    private static final int DESCRIPTION_BYTES = 8;

    private AfterInput() {}

    static StatePart mark(int subtask, int parallelism) {
        return new StatePart(
                StatePart.Kind.BROADCAST,
                NAME,
                FORM,
                0,
                -1,
                0,
                description(subtask, parallelism),
                List.of());
    }

    private static byte[] description(int subtask, int parallelism) {
        BinaryWriter out = new BinaryWriter(DESCRIPTION_BYTES);
        out.writeVarInt(subtask);
        out.writeVarInt(parallelism);
        return out.toByteArray();
    }

    /** Whether the mark of this subtask is there. */
    static boolean isIn(TaskRestore restore, int subtask, int parallelism) {
        if (restore == null) {
            return false;
        }
        byte[] wanted = description(subtask, parallelism);
        for (OperatorRestore operator : restore.operators()) {
            for (RestoredPart part : operator.parts()) {
                if (part.part().name().equals(NAME)
                        && Arrays.equals(part.part().description(), wanted)) {
                    return true;
                }
            }
        }
        return false;
    }
}
