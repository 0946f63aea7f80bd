package io.millrace.client;

import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.StatePart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One state of an operator over all its subtasks. Immutable.
 *
 * @param subtasks that have it
 * @param bytes of all of them
 */
record StateSummary(StatePart.Kind kind, String name, String form, int subtasks, long bytes) {

    /** Records on their way are one state, whatever their channels. */
    static List<StateSummary> of(OperatorEntry operator) {
        Map<String, StateSummary> found = new LinkedHashMap<>();
        for (SubtaskEntry subtask : operator.subtasks()) {
            subtask.parts().forEach(part -> add(found, part, part.name()));
            subtask.channels().forEach(part -> add(found, part, "(records on their way)"));
        }
        return new ArrayList<>(found.values());
    }

    private static void add(Map<String, StateSummary> found, StatePart part, String name) {
        found.merge(
                part.kind() + " " + name,
                new StateSummary(part.kind(), name, part.form(), 1, bytesOf(part)),
                (a, b) ->
                        new StateSummary(
                                a.kind, a.name, a.form, a.subtasks + 1, a.bytes + b.bytes));
    }

    private static long bytesOf(StatePart part) {
        long bytes = 0;
        for (Piece piece : part.pieces()) {
            bytes +=
                    switch (piece.kind()) {
                        case INLINE -> ((Piece.Inline) piece).bytes().length;
                        case STORED -> ((Piece.Stored) piece).segment().length();
                    };
        }
        return bytes;
    }
}
